import { RandomStream } from '@neurite/data'
import { overlapOf } from '../boxes/box-array.ts'
import type { ColourImage } from '../images/colour-image.ts'
import type { GroundTruth } from '../targets/ground-truth.ts'
import { coverage, type PlacedShape, shapeNames } from './shape-outline.ts'

/** An image of shapes, with their boxes and classes: 1 disc, 2 square, 3 triangle, as in `shapeNames`. */
export interface Scene extends ColourImage, GroundTruth {}

export interface DrawScenesOptions {
  readonly count: number
  /** An integer: the same seed draws the same scenes. Default 0. */
  readonly seed?: number
  /** Width and height in pixels. Default 64. */
  readonly size?: number
  /** At most so many shapes, at least one. Default 3. */
  readonly mostShapes?: number
  /** Least and largest half width of a shape, as shares of the image's width. Default [0.1, 0.25]. */
  readonly radius?: readonly [least: number, most: number]
  /** Standard deviation of the noise of each byte. Default 8. */
  readonly noise?: number
  /** Largest IoU of the boxes of two shapes. Default 0.1. */
  readonly mostOverlap?: number
}

/**
 * Scenes of shapes in random places, sizes (about 0.2 to 0.5 of the width) and colours on a shaded ground, with noise. Each scene is drawn from a
 * stream of its own, so that the n-th is the same however many are drawn.
 * @throws RangeError if a number makes no sense.
 */
export function drawScenes(options: DrawScenesOptions): Scene[] {
  const { count, seed = 0, size = 64, mostShapes = 3, radius = [0.1, 0.25], noise = 8, mostOverlap = 0.1 } = options
  for (const [name, value, least] of [
    ['count', count, 0],
    ['size', size, 16],
    ['mostShapes', mostShapes, 1],
  ] as const)
    if (!Number.isSafeInteger(value) || value < least)
      throw new RangeError(`drawScenes: ${name} must be an integer of at least ${least}; got ${value}.`)
  if (!(radius[0] > 0 && radius[0] <= radius[1] && radius[1] < 0.45))
    throw new RangeError(
      `drawScenes: radius must be two shares in (0, 0.45), the least first; got ${radius.join(', ')}.`,
    )
  if (!(noise >= 0 && mostOverlap >= 0))
    throw new RangeError(`drawScenes: noise and mostOverlap must not be negative; got ${noise} and ${mostOverlap}.`)
  return Array.from({ length: count }, (_, n) => {
    const random = new RandomStream(seed, n)
    return drawScene(random, { size, shapes: 1 + random.below(mostShapes), radius, noise, mostOverlap })
  })
}

interface SceneSettings {
  readonly size: number
  readonly shapes: number
  readonly radius: readonly [least: number, most: number]
  readonly noise: number
  readonly mostOverlap: number
}

type Colour = readonly [red: number, green: number, blue: number]

function drawScene(random: RandomStream, settings: SceneSettings): Scene {
  const { size, noise } = settings
  const ground = randomColour(random)
  const pixels = shadedGround(size, ground, [random.uniform(-24, 24), random.uniform(-24, 24)])
  const placed = placeShapes(random, settings)
  for (const shape of placed) paint(pixels, size, shape, distinctColour(random, ground))
  // Clamped: a plain Uint8Array would wrap around what noise takes out of range.
  const data = new Uint8ClampedArray(pixels.length)
  for (let i = 0; i < data.length; i++) data[i] = pixels[i]! + noise * random.roughlyNormal()
  return {
    width: size,
    height: size,
    data: new Uint8Array(data.buffer),
    boxes: Float32Array.from(placed.flatMap(boxOf)),
    classes: Int32Array.from(placed, ({ name }) => 1 + shapeNames.indexOf(name)),
  }
}

/** A colour that rises by `slope` from the middle to the edges: across and down. */
function shadedGround(size: number, colour: Colour, slope: readonly [across: number, down: number]): Float32Array {
  const pixels = new Float32Array(3 * size * size)
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const shade = slope[0] * ((2 * column) / size - 1) + slope[1] * ((2 * row) / size - 1)
      for (let c = 0; c < 3; c++) pixels[3 * (row * size + column) + c] = colour[c]! + shade
    }
  return pixels
}

/** Shapes whose boxes hardly overlap; fewer than asked for where no more room is found. */
function placeShapes(random: RandomStream, { size, shapes, radius: radii, mostOverlap }: SceneSettings): PlacedShape[] {
  const placed: PlacedShape[] = []
  for (let attempt = 0; attempt < 50 && placed.length < shapes; attempt++) {
    const radius = random.uniform(...radii) * size
    const within = (): number => random.uniform(radius + 1, size - radius - 1)
    const shape = { name: random.pick(shapeNames as unknown as ['disc']), x: within(), y: within(), radius }
    if (placed.every((other) => overlapOf(boxOf(shape), 0, boxOf(other), 0) <= mostOverlap)) placed.push(shape)
  }
  return placed
}

function boxOf({ x, y, radius }: PlacedShape): number[] {
  return [x - radius, y - radius, x + radius, y + radius]
}

function paint(pixels: Float32Array, size: number, shape: PlacedShape, colour: Colour): void {
  const { x, y, radius } = shape
  for (let row = Math.floor(y - radius); row <= Math.min(size - 1, y + radius); row++)
    for (let column = Math.floor(x - radius); column <= Math.min(size - 1, x + radius); column++) {
      const covered = coverage(shape, column, row)
      const at = 3 * (row * size + column)
      for (let c = 0; c < 3; c++) pixels[at + c]! += covered * (colour[c]! - pixels[at + c]!)
    }
}

function randomColour(random: RandomStream): Colour {
  return [random.uniform(30, 225), random.uniform(30, 225), random.uniform(30, 225)]
}

/** A colour that stands out from another. */
function distinctColour(random: RandomStream, other: Colour): Colour {
  const distance = (colour: Colour): number => Math.hypot(...colour.map((value, c) => value - other[c]!))
  let colour = randomColour(random)
  while (distance(colour) < 80) colour = randomColour(random)
  return colour
}
