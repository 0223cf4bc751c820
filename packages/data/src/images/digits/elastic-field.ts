import type { RandomStream } from '../../random/random-stream.ts'

const nodes = 14
const boxRadius = 2
const boxPasses = 3
const width = 2 * boxRadius + 1

// Three means over 5 nodes are close to a Gaussian of σ = √(3 · (5² − 1) / 12) ≈ 2.4 nodes: 4.9 pixels of a 28-pixel image.
// The sum of squares of their combined weights, once per direction, is the variance that white noise keeps.
const keptDeviation = /* @__PURE__ */ sumOfSquares(/* @__PURE__ */ threeBoxes())

/**
 * Random displacements that neighbours nearly share (Simard, Steinkraus & Platt 2003, §2): white noise on a grid over the
 * unit square, smoothed, scaled to a standard deviation of `deviation` per coordinate.
 */
export class ElasticField {
  readonly #x: Float64Array
  readonly #y: Float64Array

  constructor(random: RandomStream, deviation: number) {
    const scale = deviation / keptDeviation
    this.#x = smoothNoise(random, scale)
    this.#y = smoothNoise(random, scale)
  }

  /** Displacement to the right at (x, y), interpolated between grid nodes; outside of the unit square that of its border. */
  x(x: number, y: number): number {
    return interpolate(this.#x, x, y)
  }

  /** Displacement downwards at (x, y). */
  y(x: number, y: number): number {
    return interpolate(this.#y, x, y)
  }
}

// Noise is drawn on a margin too, so that smoothing needs no special case at the border.
const margin = boxRadius * boxPasses
const padded = nodes + 2 * margin

function smoothNoise(random: RandomStream, scale: number): Float64Array {
  const noise = new Float64Array(padded * padded)
  for (let i = 0; i < noise.length; i++) noise[i] = random.roughlyNormal() * scale
  const rows = new Float64Array(padded * nodes)
  for (let row = 0; row < padded; row++)
    smoothLine(noise, { start: row * padded, step: 1 }, rows, { start: row * nodes, step: 1 })
  const field = new Float64Array(nodes * nodes)
  for (let column = 0; column < nodes; column++)
    smoothLine(rows, { start: column, step: nodes }, field, { start: column, step: nodes })
  return field
}

interface Line {
  readonly start: number
  readonly step: number
}

const smoothingWeights = /* @__PURE__ */ threeBoxes()

/** `nodes` weighted means of a line of `padded` elements. */
function smoothLine(source: Float64Array, from: Line, target: Float64Array, to: Line): void {
  for (let i = 0; i < nodes; i++) {
    let sum = 0
    for (let k = 0; k < smoothingWeights.length; k++)
      sum += smoothingWeights[k]! * source[from.start + (i + k) * from.step]!
    target[to.start + i * to.step] = sum
  }
}

function interpolate(field: Float64Array, x: number, y: number): number {
  const column = Math.min(nodes - 1, Math.max(0, x * (nodes - 1)))
  const row = Math.min(nodes - 1, Math.max(0, y * (nodes - 1)))
  const left = Math.min(nodes - 2, Math.floor(column))
  const top = Math.min(nodes - 2, Math.floor(row))
  const right = column - left
  const bottom = row - top
  const corner = top * nodes + left
  return (
    (1 - bottom) * ((1 - right) * field[corner]! + right * field[corner + 1]!) +
    bottom * ((1 - right) * field[corner + nodes]! + right * field[corner + nodes + 1]!)
  )
}

/** Weights of `boxPasses` successive means over `width` neighbours. */
function threeBoxes(): number[] {
  let weights = [1]
  for (let pass = 0; pass < boxPasses; pass++) {
    const next = new Array<number>(weights.length + width - 1).fill(0)
    weights.forEach((weight, i) => {
      for (let k = 0; k < width; k++) next[i + k]! += weight / width
    })
    weights = next
  }
  return weights
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0)
}
