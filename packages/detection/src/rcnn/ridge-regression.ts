import type { FeatureRows } from './linear-svm.ts'

/** prediction[t] = Σₖ weights[k, t] · x[k] + bias[t] */
export interface RidgeRegression {
  /** [width, targets], row by row. */
  readonly weights: Float64Array
  readonly bias: Float64Array
}

/**
 * The least Σᵢ ‖tᵢ − (Wᵀ xᵢ + b)‖² + λ ‖W‖² (Hoerl & Kennard 1970): (Xᵀ X + λ I) W = Xᵀ T, features and targets counted from their means.
 * @param targets As many rows.
 * @param lambda λ, positive. Girshick et al. 2014, appendix C: 1000.
 * @throws RangeError if the rows differ in number, or λ is not positive.
 */
export function fitRidgeRegression(rows: FeatureRows, targets: FeatureRows, lambda: number): RidgeRegression {
  const count = rows.data.length / rows.width
  if (targets.data.length / targets.width !== count || count < 1)
    throw new RangeError(
      `fitRidgeRegression: needs targets for each of ${count} rows; got ${targets.data.length / targets.width}.`,
    )
  if (!(lambda > 0)) throw new RangeError(`fitRidgeRegression: lambda must be positive; got ${lambda}.`)
  const [width, outputs] = [rows.width, targets.width]
  const [x, t] = [centred(rows, count), centred(targets, count)]
  const gram = products(x.data, x.data, { count, left: width, right: width })
  for (let k = 0; k < width; k++) gram[k * width + k]! += lambda
  const weights = products(x.data, t.data, { count, left: width, right: outputs })
  solveInPlace(gram, weights, width, outputs)
  const bias = t.means.map((mean, output) => {
    let sum = mean
    for (let k = 0; k < width; k++) sum -= weights[k * outputs + output]! * x.means[k]!
    return sum
  })
  return { weights, bias }
}

/** What it predicts of row i: as many numbers as targets. */
export function predictionOf(
  { weights, bias }: RidgeRegression,
  { data, width }: FeatureRows,
  i: number,
): Float64Array {
  const prediction = bias.slice()
  for (let k = 0; k < width; k++)
    for (let output = 0; output < bias.length; output++)
      prediction[output]! += data[i * width + k]! * weights[k * bias.length + output]!
  return prediction
}

function centred({ data, width }: FeatureRows, count: number): { data: Float64Array; means: Float64Array } {
  const means = new Float64Array(width)
  for (let i = 0; i < count * width; i++) means[i % width]! += data[i]! / count
  return { data: Float64Array.from(data, (value, i) => value - means[i % width]!), means }
}

/** Aᵀ B of rows. */
function products(
  a: Float64Array,
  b: Float64Array,
  { count, left, right }: { count: number; left: number; right: number },
): Float64Array {
  const result = new Float64Array(left * right)
  for (let i = 0; i < count; i++)
    for (let k = 0; k < left; k++) {
      const factor = a[i * left + k]!
      if (factor === 0) continue
      for (let l = 0; l < right; l++) result[k * right + l]! += factor * b[i * right + l]!
    }
  return result
}

/** Replaces B by the X of A · X = B, for a symmetric positive definite A [n, n], which becomes its Cholesky factor; in double precision. */
function solveInPlace(a: Float64Array, b: Float64Array, n: number, columns: number): void {
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let rest = a[i * n + j]!
      for (let k = 0; k < j; k++) rest -= a[i * n + k]! * a[j * n + k]!
      a[i * n + j] = i === j ? Math.sqrt(rest) : rest / a[j * n + j]!
    }
  for (let column = 0; column < columns; column++) {
    for (let i = 0; i < n; i++) {
      let rest = b[i * columns + column]!
      for (let k = 0; k < i; k++) rest -= a[i * n + k]! * b[k * columns + column]!
      b[i * columns + column] = rest / a[i * n + i]!
    }
    for (let i = n - 1; i >= 0; i--) {
      let rest = b[i * columns + column]!
      for (let k = i + 1; k < n; k++) rest -= a[k * n + i]! * b[k * columns + column]!
      b[i * columns + column] = rest / a[i * n + i]!
    }
  }
}
