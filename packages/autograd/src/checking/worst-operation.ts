import { isFloating, referenceEvaluator, showShape, type Tensor, type TypedArray, tensor } from '@neurite/tensor'
import { applyRule, differentiableInputs } from '../walk.ts'
import { directionalDifference } from './finite-differences.ts'
import { applyReference, type Reevaluation } from './reevaluation.ts'

/**
 * The operation whose rule, taken by itself, is farthest from its finite differences: its name and shapes. `undefined` where
 * all agree.
 *
 * One direction for each is enough: that a wrong rule is right in it by chance is as good as impossible.
 */
export function worstOperation(graph: Reevaluation, step: number, tolerance: number): string | undefined {
  let worst: { node: Tensor; error: number } | undefined
  for (const node of graph.order) {
    // A custom gradient says nothing of the value that stands beside it.
    if (node.primitive === 'stopGradient' || node.primitive === 'customGradient') continue
    if (!isFloating(node.dtype) || differentiableInputs(node).length === 0) continue
    const error = errorOf(node, graph, step)
    if (error > tolerance && error > (worst?.error ?? 0)) worst = { node, error }
  }
  // Where all others agree it is a gradient of the user's own.
  const blamed = worst?.node ?? graph.order.find(({ primitive }) => primitive === 'customGradient')
  if (blamed === undefined) return undefined
  const { primitive, inputs, shape } = blamed
  return `${primitive} ${inputs.map((input) => showShape(input.shape)).join(' ')} → ${showShape(shape)}`
}

/** |c · J v − v · Jᵀ c| relative to their size, for a cotangent c and a direction v. */
function errorOf(node: Tensor, graph: Reevaluation, step: number): number {
  const values = node.inputs.map((input) => graph.valueOf(input))
  const isMoved = (i: number): boolean => isFloating(node.inputs[i]!.dtype)
  const directions = values.map((value, i) => scattered(value.length, i))
  const differences = directionalDifference(
    (factor) =>
      applyReference(
        node,
        values.map((value, i) => (isMoved(i) ? moved(value, directions[i]!, factor) : value)),
      ),
    step,
  )
  const cotangent = scattered(node.size, node.inputs.length)
  const expected = dot(cotangent, differences)

  const cotangents = applyRule(node, tensor(cotangent, { shape: node.shape, dtype: 'float64' }))
  const known = cotangents.flatMap((gradient, i) =>
    gradient === null ? [] : [{ gradient, direction: directions[i]! }],
  )
  const found = referenceEvaluator.evaluateSync!(known.map(({ gradient }) => gradient)).reduce(
    (sum, gradient, i) => sum + dot(known[i]!.direction, gradient),
    0,
  )

  const scale = Math.max(Math.abs(expected), Math.abs(found))
  if (scale === 0) return 0
  const error = Math.abs(expected - found) / scale
  return Number.isNaN(error) ? Infinity : error
}

function moved(value: TypedArray, direction: Float64Array, factor: number): Float64Array {
  return Float64Array.from(value, (x, i) => x + factor * direction[i]!)
}

/** Numbers between ½ and 3/2, no two alike: multiples of the golden ratio modulo 1 spread evenly. */
function scattered(length: number, seed: number): Float64Array {
  const ratio = (Math.sqrt(5) - 1) / 2
  return Float64Array.from({ length }, (_, i) => 0.5 + (((i + 1) * (seed + 1) * ratio) % 1))
}

function dot(a: Float64Array, b: TypedArray): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0)
}
