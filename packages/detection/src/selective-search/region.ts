import type { Planes } from './colour-space.ts'
import { gaussianBlur } from './gaussian-blur.ts'
import type { Segmentation } from './segment-image.ts'

/** A part of an image, by what is compared of it; pixels are not kept. */
export interface Region {
  /** In pixels. */
  readonly size: number
  /** x1, y1, x2, y2: all of its pixels lie within. */
  readonly box: readonly [number, number, number, number]
  /** Histograms over all channels, each of sum 1. */
  readonly colour: Float32Array
  readonly texture: Float32Array
}

const colourBins = 25
const textureBins = 10
const orientations = 8

/** What regions of an image are compared by, pixel by pixel. */
export interface Appearance {
  readonly colours: Planes
  /** How much each channel rises in each of 8 directions. */
  readonly slopes: readonly Float32Array[]
  /** Of the slopes. */
  readonly steepest: number
}

/** Colours and slopes of an image, for any number of segmentations. */
export function appearanceOf(colours: Planes): Appearance {
  const slopes = orientedSlopes(colours)
  let steepest = 1e-6
  for (const plane of slopes) for (const slope of plane) steepest = Math.max(steepest, slope)
  return { colours, slopes, steepest }
}

/** The segments of an image as regions (Uijlings et al. 2013, section 3.2). */
export function regionsOfSegments(
  { colours: { width, channels }, slopes, steepest }: Appearance,
  { labels, count }: Segmentation,
): Region[] {
  const sizes = new Int32Array(count)
  const boxes = Array.from({ length: count }, (): [number, number, number, number] => [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    0,
    0,
  ])
  for (let i = 0; i < labels.length; i++) {
    const box = boxes[labels[i]!]!
    const column = i % width
    const row = (i - column) / width
    sizes[labels[i]!]!++
    box[0] = Math.min(box[0], column)
    box[1] = Math.min(box[1], row)
    box[2] = Math.max(box[2], column + 1)
    box[3] = Math.max(box[3], row + 1)
  }
  const colourHistograms = histograms(channels, { labels, sizes, bins: colourBins, range: 255 })
  const textures = histograms(slopes, { labels, sizes, bins: textureBins, range: steepest })
  return boxes.map((box, label) => ({
    size: sizes[label]!,
    box,
    colour: colourHistograms[label]!,
    texture: textures[label]!,
  }))
}

/** Two regions as one: histograms are weighted by size (Uijlings et al. 2013, eq. 2). */
export function mergedRegion(a: Region, b: Region): Region {
  const size = a.size + b.size
  const mixed = (of: Float32Array, others: Float32Array): Float32Array =>
    of.map((value, i) => (a.size * value + b.size * others[i]!) / size)
  return { size, box: hullOf(a, b), colour: mixed(a.colour, b.colour), texture: mixed(a.texture, b.texture) }
}

/** The smallest box around both. */
export function hullOf(a: Region, b: Region): Region['box'] {
  return [
    Math.min(a.box[0], b.box[0]),
    Math.min(a.box[1], b.box[1]),
    Math.max(a.box[2], b.box[2]),
    Math.max(a.box[3], b.box[3]),
  ]
}

interface Histogramming {
  readonly labels: Int32Array
  readonly sizes: Int32Array
  readonly bins: number
  /** Values of this and more fall into the last bin. */
  readonly range: number
}

/** Of each label a histogram of each plane, one behind the other. */
function histograms(
  planes: readonly Float32Array[],
  { labels, sizes, bins, range }: Histogramming,
): readonly Float32Array[] {
  const all = Array.from(sizes, () => new Float32Array(planes.length * bins))
  for (const [p, plane] of planes.entries())
    for (let i = 0; i < plane.length; i++) {
      const bin = Math.min(bins - 1, Math.max(0, Math.floor((plane[i]! / range) * bins)))
      all[labels[i]!]![p * bins + bin]! += 1
    }
  return all.map((histogram, label) => histogram.map((number) => number / (sizes[label]! * planes.length)))
}

/** How much each channel rises in each of 8 directions, after a Gaussian of deviation 1; 0 where it falls. */
function orientedSlopes(image: Planes): Float32Array[] {
  const { width, height, channels } = gaussianBlur(image, 1)
  const directions = Array.from({ length: orientations }, (_, i) => {
    const angle = (2 * Math.PI * i) / orientations
    return [Math.cos(angle), Math.sin(angle)] as const
  })
  return channels.flatMap((plane) => {
    const slopes = directions.map(() => new Float32Array(plane.length))
    for (let row = 0; row < height; row++) {
      const [above, below] = [Math.max(0, row - 1) * width, Math.min(height - 1, row + 1) * width]
      for (let column = 0; column < width; column++) {
        const i = row * width + column
        const across = (plane[column === width - 1 ? i : i + 1]! - plane[column === 0 ? i : i - 1]!) / 2
        const down = (plane[below + column]! - plane[above + column]!) / 2
        for (let d = 0; d < orientations; d++)
          slopes[d]![i] = Math.max(0, directions[d]![0] * across + directions[d]![1] * down)
      }
    }
    return slopes
  })
}
