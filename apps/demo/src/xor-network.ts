// XOR, which no single layer can compute (Minsky & Papert 1969), learned by a net of 2-8-1 units.

import {
  Adam,
  batches,
  binaryCrossEntropy,
  Linear,
  metrics,
  parameters,
  polynomialDecay,
  Schedule,
  Sequential,
  sigmoid,
  Trainer,
  tanh,
  tensor,
  tensorDataset,
} from 'neurite'
import { decisionRegion, type Grid, gridPoints } from './pictures/decision-region.ts'
import type { Surroundings } from './terminal/surroundings.ts'
import { ShownTraining } from './training.ts'

const pairs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const
const inputs = tensor(pairs)
const targets = tensor([[0], [1], [1], [0]])

/** Pairs of numbers [N, 2] → [N, 1], how sure the network is that exactly one of the two is 1. */
export function xorNetwork() {
  return new Sequential(new Linear(2, 8), tanh, new Linear(8, 1), sigmoid)
}

export type XorNetwork = ReturnType<typeof xorNetwork>

export async function trainXor(network: XorNetwork, surroundings: Surroundings): Promise<void> {
  const epochs = 400
  const optimizer = new Adam(parameters(network), { learningRate: 0.1 })
  const trainer = new Trainer({
    model: network,
    loss: binaryCrossEntropy,
    optimizer,
    schedule: new Schedule(optimizer, polynomialDecay({ steps: epochs })),
    metrics: { accuracy: metrics.accuracy({ threshold: 0.5 }) },
  })
  const examples = batches(tensorDataset(inputs, targets), { batchSize: 4, dropLast: true })
  await trainer.fit(examples, { epochs, callbacks: [new ShownTraining(surroundings, 4)] })
}

const grid: Grid = { from: -0.5, to: 1.5, columns: 41, rows: 21 }

/** The network's answers over the plane, at the points of a grid. */
export async function answersOverPlane(network: XorNetwork): Promise<ArrayLike<number>> {
  return network.forward(tensor(gridPoints(grid), { shape: [grid.columns * grid.rows, 2] })).data()
}

/** The network's answers to the four pairs, and where in the plane it says 1. */
export async function showXor(network: XorNetwork): Promise<string[]> {
  const answers = await network.forward(inputs).data()
  const marks = pairs.map(([x, y]) => ({ x, y, character: `${x ^ y}` }))
  return [
    ...pairs.map(([x, y], i) => `${x} xor ${y} = ${x ^ y}   the network says ${answers[i]!.toFixed(3)}`),
    '',
    `Where it says 1 (#) and where 0 (·), over the plane from ${grid.from} to ${grid.to}:`,
    ...decisionRegion(grid, await answersOverPlane(network), marks),
  ]
}
