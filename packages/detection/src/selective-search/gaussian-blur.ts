import type { Planes } from './colour-space.ts'

/** Each plane smoothed by a Gaussian, along both axes; beyond its edges a plane goes on as at the edge. */
export function gaussianBlur(planes: Planes, sigma: number): Planes {
  if (sigma === 0) return planes
  const reach = Math.ceil(4 * sigma)
  const weights = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * sigma ** 2)),
  )
  const total = weights.reduce((sum, weight) => sum + weight)
  for (const i of weights.keys()) weights[i]! /= total
  const { width, height } = planes
  const channels = planes.channels.map((plane) => {
    const rows = along(plane, { lines: height, lineStep: width, length: width, step: 1 }, weights)
    return along(rows, { lines: width, lineStep: 1, length: height, step: width }, weights)
  })
  return { width, height, channels }
}

interface Lines {
  readonly lines: number
  readonly lineStep: number
  readonly length: number
  readonly step: number
}

function along(plane: Float32Array, { lines, lineStep, length, step }: Lines, weights: Float64Array): Float32Array {
  const result = new Float32Array(plane.length)
  const reach = (weights.length - 1) / 2
  for (let line = 0; line < lines; line++)
    for (let i = 0; i < length; i++) {
      let sum = 0
      for (let k = -reach; k <= reach; k++) {
        const at = Math.min(length - 1, Math.max(0, i + k))
        sum += weights[k + reach]! * plane[line * lineStep + at * step]!
      }
      result[line * lineStep + i * step] = sum
    }
  return result
}
