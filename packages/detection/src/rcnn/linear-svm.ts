import { RandomStream } from '@neurite/data'

/** Rows of numbers, one behind the other. */
export interface FeatureRows {
  /** count · width numbers. */
  readonly data: ArrayLike<number>
  readonly width: number
}

export interface LinearSVMOptions {
  /** C: what an example on the wrong side of its margin costs. Default 0.001, for features of a norm of about 20. */
  readonly cost?: number
  /** Rounds over the examples at most. Default 200. */
  readonly rounds?: number
  /** It ends when no example's gradient is further from its best than this. Default 0.01. */
  readonly tolerance?: number
  /** Of the order of the examples. Default 0. */
  readonly seed?: number
}

/** score(x) = weights · x + bias */
export interface LinearSVM {
  readonly weights: Float64Array
  readonly bias: number
}

/**
 * A linear support vector machine: the least ½‖w‖² + C Σ max(0, 1 − yᵢ (w · xᵢ + b)), b counted among the weights.
 *
 * By coordinate descent on its dual (Hsieh et al. 2008, "A dual coordinate descent method for large-scale linear SVM", algorithm 1).
 * @param labels 1 or −1 for each row.
 * @throws RangeError unless there is a label for each row, and C is positive.
 */
export function fitLinearSVM(rows: FeatureRows, labels: ArrayLike<number>, options: LinearSVMOptions = {}): LinearSVM {
  const { cost = 0.001, rounds = 200, tolerance = 0.01, seed = 0 } = options
  const { data, width } = rows
  const count = labels.length
  if (data.length !== count * width)
    throw new RangeError(`fitLinearSVM: ${count} labels need ${count} rows of ${width} numbers; got ${data.length}.`)
  if (!(cost > 0)) throw new RangeError(`fitLinearSVM: cost must be positive; got ${cost}.`)
  const weights = new Float64Array(width)
  let bias = 0
  const alphas = new Float64Array(count)
  const squares = Float64Array.from({ length: count }, (_, i) => 1 + dot(data, i, data, i, width))
  const order = Int32Array.from({ length: count }, (_, i) => i)
  const random = new RandomStream(seed)
  for (let round = 0; round < rounds; round++) {
    random.shuffle(order)
    let furthest = 0
    for (const i of order) {
      const label = labels[i]!
      const gradient = label * (dot(weights, 0, data, i, width) + bias) - 1
      const alpha = alphas[i]!
      // At a bound only a gradient that leads away from it counts.
      const projected = alpha === 0 ? Math.min(gradient, 0) : alpha === cost ? Math.max(gradient, 0) : gradient
      furthest = Math.max(furthest, Math.abs(projected))
      if (projected === 0) continue
      const next = Math.min(cost, Math.max(0, alpha - gradient / squares[i]!))
      const change = (next - alpha) * label
      alphas[i] = next
      bias += change
      for (let k = 0; k < width; k++) weights[k]! += change * data[i * width + k]!
    }
    if (furthest < tolerance) break
  }
  return { weights, bias }
}

/** The score of row i. */
export function scoreOf({ weights, bias }: LinearSVM, { data, width }: FeatureRows, i: number): number {
  return dot(weights, 0, data, i, width) + bias
}

/** Row i of one by row j of the other. */
function dot(a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number, width: number): number {
  let sum = 0
  for (let k = 0; k < width; k++) sum += a[i * width + k]! * b[j * width + k]!
  return sum
}
