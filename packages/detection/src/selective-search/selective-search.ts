import { RandomStream } from '@neurite/data'
import type { ColourImage } from '../images/colour-image.ts'
import { type ColourSpace, planesOf } from './colour-space.ts'
import { groupRegions } from './group-regions.ts'
import { appearanceOf, regionsOfSegments } from './region.ts'
import { segmentImage } from './segment-image.ts'
import type { Measure } from './similarity.ts'

export interface SelectiveSearchOptions {
  /** Which combinations are tried, where they are not given one by one: the paper's 'fast' (default), 8 of them, or 'single', one. */
  readonly mode?: 'fast' | 'single'
  readonly colourSpaces?: readonly ColourSpace[]
  /** Scales of the segmentations that are grouped. For images of about 500 pixels a side 50 and 100. */
  readonly scales?: readonly number[]
  /** Sets of measures of what is alike. */
  readonly measures?: readonly (readonly Measure[])[]
  /** Standard deviation of the Gaussian that images are smoothed by, in pixels. Default 0.8. */
  readonly sigma?: number
  /** Smallest segment, in pixels. Default: the scale. */
  readonly minimumSize?: number
  /** At most so many boxes. Default: all. */
  readonly limit?: number
  /** Of the random part of their order. Default 0. */
  readonly seed?: number
}

const modes = {
  single: { colourSpaces: ['hsv'], scales: [100], measures: [['colour', 'texture', 'size', 'fill']] },
  fast: {
    colourSpaces: ['hsv', 'lab'],
    scales: [50, 100],
    measures: [
      ['colour', 'texture', 'size', 'fill'],
      ['texture', 'size', 'fill'],
    ],
  },
} as const

/**
 * Boxes that may hold an object, of any class (Uijlings et al. 2013, "Selective search for object recognition"): those of the regions that arise when
 * the segments of an image are grouped, for several colour spaces, scales and measures of likeness.
 *
 * Each box comes once. Regions made late, and so large, tend to come first: the place of each is multiplied by a random number (section 4.2),
 * so that no combination goes before all others.
 * @returns Four numbers a box, in pixels.
 * @throws RangeError if there is no such mode or colour space, or the bytes do not fill the image.
 */
export function selectiveSearch(image: ColourImage, options: SelectiveSearchOptions = {}): Float32Array {
  const { mode = 'fast', sigma = 0.8, limit = Number.POSITIVE_INFINITY, seed = 0 } = options
  if (!Object.hasOwn(modes, mode))
    throw new RangeError(`selectiveSearch: there is no mode '${mode}'; there are ${Object.keys(modes).join(', ')}.`)
  const { colourSpaces, scales, measures } = { ...modes[mode], ...options }
  const random = new RandomStream(seed)
  const ranks = new Map<string, { readonly box: readonly number[]; readonly rank: number }>()
  for (const space of colourSpaces) {
    const planes = planesOf(image, space)
    const appearance = appearanceOf(planes)
    for (const scale of scales) {
      const segmentation = segmentImage(planes, { scale, sigma, minimumSize: options.minimumSize ?? scale })
      const segments = regionsOfSegments(appearance, segmentation)
      for (const chosen of measures) {
        const regions = groupRegions(segments, segmentation, image.width, chosen)
        for (const [i, { box }] of regions.entries()) {
          const rank = random.uniform() * (regions.length - i)
          const name = box.join()
          if ((ranks.get(name)?.rank ?? Number.POSITIVE_INFINITY) > rank) ranks.set(name, { box, rank })
        }
      }
    }
  }
  const ordered = [...ranks.values()].sort((a, b) => a.rank - b.rank).slice(0, limit)
  return Float32Array.from(ordered.flatMap(({ box }) => box))
}
