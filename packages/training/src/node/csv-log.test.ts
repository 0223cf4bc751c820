import '@neurite/backend-cpu/install'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Linear, parameters } from '@neurite/layers'
import { crossEntropy } from '@neurite/losses'
import { SGD } from '@neurite/optimizers'
import { tensor } from '@neurite/tensor'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { MemoryStorage, metrics, Trainer } from '../index.ts'
import { CsvLog } from './index.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neurite-csv-log-'))
})

afterEach(() => rm(folder, { recursive: true }))

const data = [[tensor([[1], [2]]), tensor([0, 1], { dtype: 'int32' })]] as never

function makeTrainer() {
  const model = new Linear(1, 2)
  return new Trainer({
    model,
    loss: crossEntropy,
    optimizer: new SGD(parameters(model), { learningRate: 0.5 }),
    metrics: { 'right, of all': metrics.accuracy(), matrix: metrics.confusionMatrix({ classes: 2 }) },
  })
}

test('an epoch is a line, with every number to the last digit and other figures as JSON', async () => {
  const path = join(folder, 'logs', 'log.csv')
  const callbacks = [new CsvLog(path)]
  const { history } = await makeTrainer().fit(data, { epochs: 2, validation: data, validateEvery: 2, callbacks })
  const cells = (figures: (typeof history)[0]['training']): string => {
    const matrix = JSON.stringify(figures.matrix)
    return `${figures.loss},${figures['right, of all']},"${matrix}"`
  }
  const [first, second] = history as [(typeof history)[0], (typeof history)[0]]
  expect((await readFile(path, 'utf8')).split('\n')).toEqual([
    'epoch,step,learningRate,training.loss,"training.right, of all",training.matrix,validation.loss,"validation.right, of all",validation.matrix',
    `1,1,0.5,${cells(first.training)},,,`,
    `2,2,0.5,${cells(second.training)},${cells(second.validation!)}`,
    '',
  ])
})

test('a resumed run writes each epoch once, also those that the log had already and the checkpoint had not', async () => {
  const path = join(folder, 'log.csv')
  const storage = new MemoryStorage()
  const callbacks = [
    new CsvLog(path),
    {
      onEpochEnd: ({ epoch }: { epoch: number }) => {
        if (epoch === 3) throw new Error('lightning')
      },
    },
  ]
  await expect(makeTrainer().fit(data, { epochs: 4, checkpoint: { storage }, callbacks })).rejects.toThrow('lightning')
  const epochs = async () =>
    (await readFile(path, 'utf8'))
      .trim()
      .split('\n')
      .map((line) => line.split(',')[0])
  expect(await epochs()).toEqual(['epoch', '1', '2', '3'])
  await makeTrainer().fit(data, { epochs: 4, checkpoint: { storage }, callbacks: [new CsvLog(path)] })
  expect(await epochs()).toEqual(['epoch', '1', '2', '3', '4'])
})
