import { batches, Linear, meanSquaredError, metrics, parameters, SGD, Trainer, tensor, tensorDataset } from 'neurite'
import { expect, test } from 'vitest'
import { Interrupted } from './terminal/interruption.ts'
import type { Surroundings } from './terminal/surroundings.ts'
import { ShownTraining, showFigures } from './training.ts'

const undisturbed = { check: async () => {}, stopListening: () => {} }

// y = 2 x + 1, which one linear unit can learn.
const line = batches(tensorDataset(tensor([[0], [1], [2]]), tensor([[1], [3], [5]])), { batchSize: 2, shuffle: true })

function train(surroundings: Surroundings): Promise<unknown> {
  const model = new Linear(1, 1)
  const trainer = new Trainer({
    model,
    loss: meanSquaredError,
    optimizer: new SGD(parameters(model), { learningRate: 0.2 }),
    metrics: { accuracy: metrics.accuracy({ threshold: 2 }) },
  })
  return trainer.fit(line, { epochs: 60, callbacks: [new ShownTraining(surroundings, 3)] })
}

test('away from a terminal ten epochs get a line', async () => {
  const written: string[] = []
  await train({ output: { write: (text: string) => written.push(text) }, interruption: undisturbed })
  expect(written).toHaveLength(10)
  expect(written.at(-1)).toMatch(/epoch 60\/60 {2}loss 0\.0\d+ {2}accuracy \d+\.\d %/)
})

test('an interruption ends it after the step, with the cursor shown again', async () => {
  let steps = 0
  const check = async (): Promise<void> => {
    if (++steps === 3) throw new Interrupted('Interrupted.')
  }
  const written: string[] = []
  const write = (text: string) => written.push(text)
  const terminal = { isTTY: true, columns: 80, write, cursorTo: () => {}, clearLine: () => {} }
  const run = train({ output: terminal, interruption: { ...undisturbed, check } })
  await expect(run).rejects.toThrow(Interrupted)
  expect(steps).toBe(3)
  expect(written.lastIndexOf('\x1b[?25h')).toBeGreaterThan(written.lastIndexOf('\x1b[?25l'))
  expect(written).toContain('\x1b[?25l')
})

test('the figures are one short line', () => {
  const figures = { epoch: 1, epochs: 2, loss: 0.12346, accuracy: 0.961, samplesPerSecond: 8123.4 }
  expect(showFigures(figures)).toBe('epoch 1/2  loss 0.1235  accuracy 96.1 %  8,123 samples/s')
})
