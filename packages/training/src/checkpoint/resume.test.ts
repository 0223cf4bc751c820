import '@neurite/backend-cpu/install'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RandomStream } from '@neurite/data'
import { Linear, parameters } from '@neurite/layers'
import { meanSquaredError } from '@neurite/losses'
import { SGD } from '@neurite/optimizers'
import { writeSafetensors } from '@neurite/safetensors'
import { tensor } from '@neurite/tensor'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EarlyStopping, MemoryStorage, Trainer } from '../index.ts'
import { bundleProgram, runAndKill } from '../test/own-process.ts'
import { batchesInEpoch, epochs, type RunOutcome, resumableRun } from '../test/resumable-run.ts'

let folder: string
let whole: RunOutcome

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neurite-training-resume-'))
  whole = await resumableRun({})
})

afterAll(() => rm(folder, { recursive: true }))

test('the run that is stopped and resumed has something to lose', () => {
  expect(whole.history.length).toBeGreaterThan(2)
  expect(new Set(whole.history.map(({ learningRate }) => learningRate)).size).toBeGreaterThan(1)
})

test.each([1, batchesInEpoch - 1, batchesInEpoch, batchesInEpoch + 1, 2 * batchesInEpoch + 3])(
  'aborted after step %i, it goes on as if never stopped',
  async (last) => {
    const storage = new MemoryStorage()
    const controller = new AbortController()
    const callback = { onStep: (run: { step: number }) => void (run.step === last && controller.abort('enough')) }
    await expect(resumableRun({ storage, callback, signal: controller.signal })).rejects.toBe('enough')
    expect(await resumableRun({ storage })).toEqual(whole)
  },
)

test('a failure within a step leaves the last checkpoint, also where gradients are accumulated', async () => {
  const uninterrupted = await resumableRun({ accumulate: 3 })
  const storage = new MemoryStorage()
  const callback = {
    onStep: (run: { step: number }) => {
      if (run.step === 8) throw new Error('struck by lightning')
    },
  }
  await expect(resumableRun({ storage, everySteps: 2, accumulate: 3, callback })).rejects.toThrow('lightning')
  expect(await resumableRun({ storage, accumulate: 3 })).toEqual(uninterrupted)
})

test('killed again and again at any moment, it ends with the same weights and history to the bit', async () => {
  const program = await bundleProgram('killed-run.ts', folder)
  const [checkpoint, result] = [join(folder, 'run', 'checkpoint'), join(folder, 'result.json')]
  const random = new RandomStream(11)
  let kills = 0
  let steps = 0
  for (let killed = true; killed; ) {
    // Later ones may live longer, so that there is an end.
    const run = await runAndKill(program, [checkpoint, result], kills < 6 ? random.uniform(0, 90) : undefined)
    killed = run.killed
    if (killed) kills++
    steps += run.out.split('\n').length - 1
  }
  expect(kills).toBeGreaterThanOrEqual(4)
  // Resumed, not begun anew each time.
  expect(steps).toBeLessThan(epochs * batchesInEpoch * 3)
  expect(JSON.parse(await readFile(result, 'utf8'))).toEqual(JSON.parse(JSON.stringify(whole)))
  expect(await readdir(join(folder, 'run'))).toEqual(['checkpoint'])
}, 60_000)

describe('a checkpoint that does not fit is refused', () => {
  const trainer = (model: Linear<number, number> = new Linear(1, 1)) =>
    new Trainer({ model, loss: meanSquaredError, optimizer: new SGD(parameters(model)) })
  const data = [[tensor([[1]]), tensor([[2]])]] as never
  const written = async (): Promise<MemoryStorage> => {
    const storage = new MemoryStorage()
    await trainer().fit(data, { epochs: 1, checkpoint: { storage } })
    return storage
  }

  test('of another model', async () => {
    const checkpoint = { storage: await written() }
    await expect(trainer(new Linear(2, 1)).fit(data, { epochs: 2, checkpoint })).rejects.toThrow(
      'shapes differ: weight',
    )
  })

  test('with other callbacks', async () => {
    const checkpoint = { storage: await written() }
    const callbacks = [new EarlyStopping({ monitor: 'training.loss' })]
    await expect(trainer().fit(data, { epochs: 2, checkpoint, callbacks })).rejects.toThrow(
      'without early stopping on training.loss, with nothing else',
    )
  })

  test('and a file that is none', async () => {
    const storage = new MemoryStorage()
    await storage.write(await writeSafetensors({ weight: tensor(1) }))
    await expect(trainer().fit(data, { epochs: 2, checkpoint: { storage } })).rejects.toThrow('no training checkpoint')
  })

  test('unless the run begins anew', async () => {
    const storage = await written()
    const fresh = trainer()
    await fresh.fit(data, { epochs: 1, checkpoint: { storage, resume: false } })
    expect(fresh.step).toBe(1)
  })
})

test('a run that has ended is not trained further, and can be for more epochs', async () => {
  const storage = new MemoryStorage()
  const run = async (count: number): Promise<number> => {
    const model = new Linear(1, 1)
    const trainer = new Trainer({ model, loss: meanSquaredError, optimizer: new SGD(parameters(model)) })
    await trainer.fit([[tensor([[1]]), tensor([[2]])]] as never, { epochs: count, checkpoint: { storage } })
    return trainer.history.length
  }
  expect([await run(2), await run(2), await run(3)]).toEqual([2, 2, 3])
})
