import { hullOf, type Region } from './region.ts'

/** What makes regions alike. */
export type Measure = 'colour' | 'texture' | 'size' | 'fill'

/** Each in [0, 1] (Uijlings et al. 2013, eqs. 1, 3, 4 and 5). */
const measures: { readonly [Name in Measure]: (a: Region, b: Region, pixels: number) => number } = {
  colour: (a, b) => intersection(a.colour, b.colour),
  texture: (a, b) => intersection(a.texture, b.texture),
  // Small regions first, so that all of the image grows alike.
  size: (a, b, pixels) => 1 - (a.size + b.size) / pixels,
  // Regions that fill gaps of each other.
  fill: (a, b, pixels) => {
    const [x1, y1, x2, y2] = hullOf(a, b)
    return 1 - ((x2 - x1) * (y2 - y1) - a.size - b.size) / pixels
  },
}

/**
 * How alike two regions of an image are: the sum of the measures (Uijlings et al. 2013, eq. 6).
 * @param pixels Size of the image.
 */
export function similarity(a: Region, b: Region, pixels: number, chosen: readonly Measure[]): number {
  return chosen.reduce((sum, name) => sum + measures[name](a, b, pixels), 0)
}

function intersection(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += Math.min(a[i]!, b[i]!)
  return sum
}
