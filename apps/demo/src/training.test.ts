import { batches, gradients, Linear, meanSquaredError, parameters, SGD, tensor, tensorDataset } from 'neurite'
import { expect, test } from 'vitest'
import { Interrupted } from './terminal/interruption.ts'
import { showFigures, trainInEpochs } from './training.ts'

const undisturbed = { check: async () => {}, stopListening: () => {} }

// y = 2 x + 1, which one linear unit can learn.
const line = batches(tensorDataset(tensor([[0], [1], [2]]), tensor([[1], [3], [5]])), { batchSize: 2, shuffle: true })

function lineTraining() {
  const model = new Linear(1, 1)
  const optimizer = new SGD(parameters(model), { learningRate: 0.2 })
  const learningRates: number[] = []
  const step = (x: Parameters<typeof model.forward>[0], y: Parameters<typeof meanSquaredError>[1]) => {
    learningRates.push(optimizer.learningRate)
    const loss = meanSquaredError(model.forward(x), y)
    optimizer.step(gradients(loss, parameters(model)))
    return { loss, accuracy: tensor(0.5) }
  }
  return { model, learningRates, training: { batches: line, epochs: 60, optimizer, step } }
}

test('every batch of every epoch is learned from, while the learning rate falls', async () => {
  const { model, learningRates, training } = lineTraining()
  const written: string[] = []
  const output = { write: (text: string) => written.push(text) }
  await trainInEpochs(training, { output, interruption: undisturbed })
  expect(learningRates).toHaveLength(60 * 2)
  expect(learningRates[0]).toBe(0.2)
  expect(learningRates[60]).toBeCloseTo(0.1, 12)
  expect(learningRates.at(-1)).toBeCloseTo(0.2 / 120, 12)
  expect(await model.weight.value.item()).toBeCloseTo(2, 2)
  expect(await model.bias!.value.item()).toBeCloseTo(1, 2)
  expect(written.at(-1)).toMatch(/epoch 60\/60 {2}loss 0\.0\d+ {2}accuracy 50\.0 %/)
})

test('an interruption ends it before the next step, with the cursor shown again', async () => {
  const { learningRates, training } = lineTraining()
  const check = async (): Promise<void> => {
    if (learningRates.length === 3) throw new Interrupted('Interrupted.')
  }
  const written: string[] = []
  const write = (text: string) => written.push(text)
  const terminal = { isTTY: true, columns: 80, write, cursorTo: () => {}, clearLine: () => {} }
  const run = trainInEpochs(training, { output: terminal, interruption: { ...undisturbed, check } })
  await expect(run).rejects.toThrow(Interrupted)
  expect(learningRates).toHaveLength(3)
  expect(written.lastIndexOf('\x1b[?25h')).toBeGreaterThan(written.lastIndexOf('\x1b[?25l'))
  expect(written).toContain('\x1b[?25l')
})

test('the figures are one short line', () => {
  const figures = { epoch: 1, epochs: 2, loss: 0.12346, accuracy: 0.961, samplesPerSecond: 8123.4 }
  expect(showFigures(figures)).toBe('epoch 1/2  loss 0.1235  accuracy 96.1 %  8,123 samples/s')
})
