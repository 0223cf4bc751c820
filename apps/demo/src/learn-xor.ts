// XOR: the smallest problem that one layer cannot solve (Minsky & Papert 1969), learned by a 2-8-1 net.

import type { Tensor } from 'neurite'
import {
  Adam,
  binaryCrossEntropy,
  compile,
  gradients,
  Linear,
  parameters,
  Sequential,
  sigmoid,
  tanh,
  tensor,
} from 'neurite'
import { decisionRegion, gridPoints } from './decision-region.ts'
import type { TrainingProgress } from './progress.ts'

const inputs = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
] as const
const targets = [[0], [1], [1], [0]] as const
const steps = 400
const reportEvery = 20

export interface LearnedXor {
  /** The net's answer to each of the four inputs. */
  readonly answers: readonly { readonly input: readonly number[]; readonly target: number; readonly output: number }[]
  /** Where in the plane the net says yes. */
  readonly region: readonly string[]
}

/** Trains the net, telling `report` how it goes. `pause` is awaited between steps and may throw to end the training. */
export async function learnXor(
  report: (progress: TrainingProgress) => void,
  pause: () => Promise<void>,
): Promise<LearnedXor> {
  const model = new Sequential(new Linear(2, 8), tanh, new Linear(8, 1), sigmoid)
  const optimizer = new Adam(parameters(model), { learningRate: 0.05 })
  const step = compile((x: Tensor<[4, 2]>, y: Tensor<[4, 1]>) => {
    const outputs = model.forward(x)
    const loss = binaryCrossEntropy(outputs, y)
    optimizer.step(gradients(loss, parameters(model)))
    return { loss, right: outputs.greater(0.5).equal(y.greater(0.5)).sum() }
  })

  const [x, y] = [tensor(inputs), tensor(targets)]
  const start = performance.now()
  for (let done = 1; done <= steps; done++) {
    const { loss, right } = step(x, y)
    const isLast = done === steps
    if (isLast || done % reportEvery === 0)
      report({
        ...{ step: done, steps, epoch: done, epochs: steps, epochEnds: isLast },
        loss: await loss.item(),
        accuracy: (await right.item()) / inputs.length,
        samplesPerSecond: (done * inputs.length * 1000) / (performance.now() - start),
      })
    await pause()
  }

  const outputs = await model.forward(x).data()
  const grid = { from: -0.5, to: 1.5, columns: 41, rows: 21 }
  const plane = await model.forward(tensor(gridPoints(grid), { shape: [grid.columns * grid.rows, 2] })).data()
  const marks = inputs.map(([a, b], i) => ({ x: a, y: b, character: `${targets[i]![0]}` }))
  return {
    answers: inputs.map((input, i) => ({ input, target: targets[i]![0], output: outputs[i]! })),
    region: decisionRegion(grid, plane, marks),
  }
}
