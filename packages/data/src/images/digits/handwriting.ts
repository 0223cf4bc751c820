import type { RandomStream } from '../../random/random-stream.ts'
import { ElasticField } from './elastic-field.ts'
import { followStroke, type PenPoint, type Polyline } from './pen-path.ts'
import { type Digit, type Skeleton, skeletons } from './skeletons.ts'

/** A digit as written once: the lines of its strokes in pixels, and how many pixels wide their edges fade. */
export interface WrittenDigit {
  readonly lines: readonly Polyline[]
  readonly softness: number
}

const piecesPerSpan = 6
// Of an image's side, as in MNIST: the digit fills 20 of 28 pixels.
const digitHeight = 20 / 28

/** Writes the digit once, in one of its ways, with a random hand. */
export function writeDigit(digit: Digit, size: number, random: RandomStream): WrittenDigit {
  const strokes = movePoints(random.pick(skeletons()[digit]), random)
  const place = randomPlacement(random)
  const lines = strokes.map((stroke) => followStroke(stroke, piecesPerSpan))
  for (const line of lines) place(line, size)
  return { lines, softness: (random.uniform(0.9, 1.7) * size) / 28 }
}

/** Every point moved by a little, and a pen that presses harder here than there. */
function movePoints(skeleton: Skeleton, random: RandomStream): PenPoint[][] {
  const radius = random.uniform(0.042, 0.095)
  const unsteadiness = random.uniform(0.012, 0.036)
  const pressureChange = random.uniform(0.05, 0.22)
  return skeleton.map((stroke) =>
    stroke.map(([x, y, turn]) => ({
      x: x + unsteadiness * random.roughlyNormal(),
      y: y + unsteadiness * random.roughlyNormal(),
      corner: turn === 'corner',
      radius: radius * Math.max(0.45, 1 + pressureChange * random.roughlyNormal()),
    })),
  )
}

/**
 * A random map from the unit square into the image, applied in place to x, y and radius of every point:
 *
 *     p ↦ size · (½ + shift + R(angle) · shear(slant) · scale · (p − ½ + u(p)))
 *
 * u is an elastic field.
 */
function randomPlacement(random: RandomStream): (line: Polyline, size: number) => void {
  const field = new ElasticField(random, random.uniform(0.015, 0.065))
  const height = digitHeight * random.uniform(0.84, 1.12)
  const width = height * random.uniform(0.72, 1.15)
  const slant = 0.16 + 0.2 * random.roughlyNormal()
  // cos and sin by the half-angle formulas: exact arithmetic only. A half tangent of 0.1 is 11 degrees.
  const halfTangent = 0.06 * random.roughlyNormal()
  const secantSquared = 1 + halfTangent * halfTangent
  const cosine = 2 / secantSquared - 1
  const sine = (2 * halfTangent) / secantSquared
  const shiftX = 0.5 + 0.032 * random.roughlyNormal()
  const shiftY = 0.5 + 0.032 * random.roughlyNormal()
  return (line, size) => {
    for (let start = 0; start < line.length; start += 3) {
      const px = line[start]!
      const py = line[start + 1]!
      const y = height * (py - 0.5 + field.y(px, py))
      const x = width * (px - 0.5 + field.x(px, py)) - slant * y
      line[start] = size * (shiftX + cosine * x - sine * y)
      line[start + 1] = size * (shiftY + sine * x + cosine * y)
      line[start + 2]! *= size * digitHeight
    }
  }
}
