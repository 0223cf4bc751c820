// Networks that say in which of two classes a point of the plane lies.

import {
  Adam,
  binaryCrossEntropyWithLogits,
  compile,
  evaluate,
  gradients,
  type Module,
  type Optimizer,
  parameters,
  type Tensor,
  tensor,
  train,
} from 'neurite'
import { type Grid, gridPoints } from '../pictures/decision-region.ts'
import { type LabelledPoint, planePicture } from '../pictures/plane-picture.ts'
import { type Classroom, inSteps, scaled } from './lesson.ts'
import { tensorsOf } from './points.ts'

/** Points [N, 2] → [N, 1], the logit of class 1. */
export type PointClassifier = Module & { forward(points: Tensor<[number, 2]>): Tensor }

/** How a network does on points: its mean loss, and the share of the points that it puts into their class. */
export interface Fit {
  readonly loss: number
  readonly accuracy: number
}

/** A step on all the points at once. Returns the loss before it. */
export function wholeStep(
  network: PointClassifier,
  optimizer: Optimizer,
  points: readonly LabelledPoint[],
): () => Promise<number> {
  const { x, y } = tensorsOf(points)
  const step = compile(() => {
    const loss = binaryCrossEntropyWithLogits(network.forward(x), y)
    optimizer.step(gradients(loss, parameters(network)))
    return loss
  })
  return () => step().item()
}

/** Measures a network on points, in evaluation mode; leaves it in training mode. */
export function fitOn(network: PointClassifier, points: readonly LabelledPoint[]): () => Promise<Fit> {
  const { x, y } = tensorsOf(points)
  const measure = compile(() => {
    const logits = network.forward(x)
    return {
      loss: binaryCrossEntropyWithLogits(logits, y),
      accuracy: logits.greater(0).equal(y.greater(0.5)).mean(),
    }
  })
  return async () => {
    evaluate(network)
    const { loss, accuracy } = measure()
    train(network)
    return { loss: await loss.item(), accuracy: await accuracy.item() }
  }
}

/** The probability of class 1 at the points of a grid. */
export async function probabilitiesOver(network: PointClassifier, grid: Grid): Promise<ArrayLike<number>> {
  evaluate(network)
  const points = tensor(gridPoints(grid), { shape: [grid.columns * grid.rows, 2] })
  const probabilities = await network.forward(points).sigmoid().data()
  train(network)
  return probabilities
}

/** Teaches a network the points, shows where in the plane it says what, and measures how it does on them. */
export async function learnPoints(
  network: PointClassifier,
  points: readonly LabelledPoint[],
  grid: Grid,
  classroom: Classroom,
): Promise<Fit> {
  const step = wholeStep(network, new Adam(parameters(network), { learningRate: 0.05 }), points)
  await inSteps(classroom, scaled(600, classroom), async (number) => {
    const loss = await step()
    return () => `step ${number}  loss ${loss.toFixed(4)}`
  })
  classroom.print(...planePicture(grid, await probabilitiesOver(network, grid), points, classroom.colors))
  return fitOn(network, points)()
}
