import { referenceEvaluator, stridesOf, type Tensor } from '@neurite/tensor'
import { checkLoss, gradientsOfLoss } from '../loss.ts'
import { flattenTargets, type Targets } from '../targets.ts'
import { defaultStep, finiteDifferences } from './finite-differences.ts'
import { copyInFloat64 } from './float64-copy.ts'
import { type GradientEntry, GradientError } from './gradient-error.ts'
import { Reevaluation } from './reevaluation.ts'
import { worstOperation } from './worst-operation.ts'

export interface CheckGradientsOptions {
  /**
   * Allowed difference relative to the largest derivative by the same target, or a thousandth of the loss or of the largest
   * derivative at all where that is more; default 1e-6.
   */
  readonly tolerance?: number
  /** h of the central differences (f(x + h) − f(x − h)) / 2h for |x| ≤ 1, growing with |x| beyond; default ∛ε ≈ 6e-6. */
  readonly step?: number
}

/** What a check has looked at. */
export interface GradientReport {
  /** How many elements of gradients were compared. */
  readonly count: number
  /** The one that was farthest off; `undefined` if there was none to compare. */
  readonly worst: GradientEntry | undefined
}

// Operations far from 1 lose so much of their differences to rounding; a rule is hardly ever wrong by less.
const leastBlame = 1e-4

/**
 * Compares the gradients of a loss by `of` with central finite differences.
 *
 * Both are computed in float64 by the reference rules, whatever the dtype of the loss and whichever backend is installed: a
 * copy of the graph is made, random draws included, which stay as they are. Two evaluations of it for each element of the
 * targets are for small ones. The loss may itself be made of gradients, which checks second derivatives.
 *
 *     await checkGradients(model.forward(x).square().sum(), parameters(model))
 *
 * @returns what was compared, with the worst element.
 * @throws GradientError if an element differs by more than the tolerance: it names the worst one and the operation to blame.
 * @throws TypeError, ShapeError or DTypeError as `gradients` does.
 */
export async function checkGradients(
  loss: Tensor,
  of: Targets,
  { tolerance = 1e-6, step = defaultStep }: CheckGradientsOptions = {},
): Promise<GradientReport> {
  checkLoss('checkGradients', loss)
  checkPositive('tolerance', tolerance)
  checkPositive('step', step)
  const { names, tensors } = flattenTargets('checkGradients', of)
  const copy = await copyInFloat64(loss, tensors)
  const graph = new Reevaluation(copy.loss)
  const analytic = gradientsOfLoss('checkGradients', copy.loss, copy.displacements)
  const [...found] = referenceEvaluator.evaluateSync!([...analytic, ...copy.values])
  const values = found.splice(analytic.length)
  const expected = copy.displacements.map((displacement, i) =>
    finiteDifferences(graph.asFunctionOf(displacement), values[i]!, step),
  )

  const scales = expected.map((derivatives, i) => Math.max(largest(derivatives), largest(found[i]!)))
  const leastScale = 1e-3 * Math.max(largest(graph.valueOf(copy.loss)), ...scales)
  let worst: GradientEntry | undefined
  let worstError = -1
  for (const [i, target] of names.entries()) {
    const scale = Math.max(scales[i]!, leastScale)
    for (const [position, value] of expected[i]!.entries()) {
      const error = errorBetween(value, found[i]![position]!, scale)
      if (error <= worstError) continue
      worstError = error
      const index = indexOf(position, tensors[i]!)
      worst = { target, index, expected: value, found: found[i]![position]! }
    }
  }
  if (worst !== undefined && worstError > tolerance)
    throw new GradientError(worst, worstOperation(graph, step, Math.max(tolerance, leastBlame)), tolerance)
  return { count: expected.reduce((count, { length }) => count + length, 0), worst }
}

function errorBetween(expected: number, found: number, scale: number): number {
  if (Object.is(expected, found)) return 0
  const difference = Math.abs(expected - found)
  if (difference === 0) return 0
  return Number.isFinite(difference) ? difference / scale : Infinity
}

function largest(values: Iterable<number>): number {
  let most = 0
  for (const value of values) if (Number.isFinite(value)) most = Math.max(most, Math.abs(value))
  return most
}

function indexOf(position: number, { shape }: Tensor): number[] {
  return stridesOf(shape).map((stride, axis) => Math.floor(position / stride) % shape[axis]!)
}

function checkPositive(name: string, value: number): void {
  if (!(value > 0)) throw new RangeError(`checkGradients: ${name} must be positive, not ${value}.`)
}
