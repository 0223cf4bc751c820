// The plane with its points at infinity, as the upper half of a sphere: the point (x, y) is the direction of (x, y, 1), and (x, y, 0) is what
// lies infinitely far in the direction (x, y). Lines are great circles, so that unbounded cells are polygons like others.
// On which side of a line a point lies is decided exactly: in float64 where that is certain, in integers elsewhere.

import type { Affine } from './affine.ts'

type Numbers = readonly [number, number, number]
type Integers = readonly [bigint, bigint, bigint]

/** Of a sum of products of three rounded factors each, relative to the sum of their sizes; 10 units would do. */
const uncertain = 16 * 2 ** -53
/** How much of w must be left after cancellation for the coordinates to be good. */
const sharp = 1e-3
// What underflow can do.
const tiny = 1e-280

/** The line a x + b y + c = 0. */
export class Line {
  readonly exact: Integers
  /** The same up to a positive factor, rounded. */
  readonly approximate: Numbers

  constructor({ a, b, c }: Pick<Affine, 'a' | 'b' | 'c'>) {
    this.exact = [a, b, c]
    this.approximate = rounded(this.exact)
  }

  /** The same text for the same line, whichever side is its positive one. */
  get key(): string {
    const integers = reduced(this.exact)
    const isNegative = integers.find((value) => value !== 0n)! < 0n
    return integers.map((value) => (isNegative ? -value : value)).join()
  }

  /** 1 or −1 for a point on one side, 0 for a point on the line. */
  sideOf(point: Vertex): -1 | 0 | 1 {
    const [a, b, c] = this.approximate
    const { approximate: p, sizes } = point
    const value = a * p[0] + b * p[1] + c * p[2]
    const size = Math.abs(a) * sizes[0] + Math.abs(b) * sizes[1] + Math.abs(c) * sizes[2]
    if (Math.abs(value) > uncertain * size + tiny) return value > 0 ? 1 : -1
    return signOf(dot(this.exact, point.exact))
  }
}

/** The line at infinity; all of the plane is on its positive side. */
export const infinity: Line = /* @__PURE__ */ new Line({ a: 0n, b: 0n, c: 1n })

/** The lines x = 0 and y = 0. */
const yAxis: Line = /* @__PURE__ */ new Line({ a: 1n, b: 0n, c: 0n })
const xAxis: Line = /* @__PURE__ */ new Line({ a: 0n, b: 1n, c: 0n })

/** A point of the plane where two lines meet, or a direction (a point at infinity) that they share. */
export class Vertex {
  readonly isInfinite: boolean
  /** x, y, w, rounded; w ≥ 0. */
  readonly approximate: Numbers
  /** What the rounding errors of the coordinates are relative to. */
  readonly sizes: Numbers
  readonly #exactly: () => Integers
  #exact: Integers | undefined
  #key: string | undefined

  private constructor(isInfinite: boolean, approximate: Numbers, sizes: Numbers, exactly: () => Integers) {
    this.isInfinite = isInfinite
    this.approximate = approximate
    this.sizes = sizes
    this.#exactly = exactly
  }

  /**
   * Where two different lines meet.
   * @param towards of the two directions that parallel lines share, which of them: the one with a positive product with this one
   */
  static between(first: Line, second: Line, towards: readonly [number, number] = [0, 0]): Vertex {
    const [p, q] = [first.approximate, second.approximate]
    const sizes: Numbers = [
      Math.abs(p[1] * q[2]) + Math.abs(p[2] * q[1]),
      Math.abs(p[2] * q[0]) + Math.abs(p[0] * q[2]),
      Math.abs(p[0] * q[1]) + Math.abs(p[1] * q[0]),
    ]
    const cross = [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]] as const
    const isCertain = Math.abs(cross[2]) > uncertain * sizes[2] + tiny
    const w = isCertain ? Math.sign(cross[2]) : signOf(crossOf(first.exact, second.exact)[2])
    if (w === 0) return Vertex.#alongLine(first === infinity ? second : first, towards)
    const exactly = (): Integers => {
      const [x, y, z] = crossOf(first.exact, second.exact)
      return w > 0 ? [x, y, z] : [-x, -y, -z]
    }
    return new Vertex(false, [cross[0] * w, cross[1] * w, cross[2] * w], sizes, exactly)
  }

  /** A direction of a line. */
  static #alongLine({ exact, approximate }: Line, [x, y]: readonly [number, number]): Vertex {
    const [a, b] = approximate
    const isForward = a * y - b * x > 0
    return new Vertex(true, isForward ? [-b, a, 0] : [b, -a, 0], [Math.abs(b), Math.abs(a), 0], () =>
      isForward ? [-exact[1], exact[0], 0n] : [exact[1], -exact[0], 0n],
    )
  }

  /** x, y, w up to a positive factor. */
  get exact(): Integers {
    this.#exact ??= this.#exactly()
    return this.#exact
  }

  /** The same text for the same point. */
  get key(): string {
    this.#key ??= reduced(this.exact).join()
    return this.#key
  }

  /** The point x, y; of a point at infinity the direction, of length 1. */
  get coordinates(): [number, number] {
    const [x, y, w] = this.approximate
    if (this.isInfinite) return [x / Math.hypot(x, y), y / Math.hypot(x, y)]
    // Lines that are nearly the same leave few digits.
    const isSharp = w > sharp * this.sizes[2] && Number.isFinite(w)
    // Adding 0 makes 0 of −0.
    if (isSharp) return [x / w + 0, y / w + 0]
    return [quotient(this.exact[0], this.exact[2]), quotient(this.exact[1], this.exact[2])]
  }
}

/** The line where an affine function is 0, positive where it is; undefined where the function is constant. */
export function zeroLine(form: Affine): Line | undefined {
  return form.a === 0n && form.b === 0n ? undefined : new Line(form)
}

/** A point of a line that is not at infinity. */
export function finitePointOn(line: Line): Vertex {
  return Vertex.between(line, line.exact[1] === 0n ? xAxis : yAxis)
}

/** The directions of the axes, counter-clockwise from the right: corners of the whole plane. */
export function axisDirections(): Vertex[] {
  return [
    Vertex.between(infinity, xAxis, [1, 0]),
    Vertex.between(infinity, yAxis, [0, 1]),
    Vertex.between(infinity, xAxis, [-1, 0]),
    Vertex.between(infinity, yAxis, [0, -1]),
  ]
}

function crossOf(p: Integers, q: Integers): Integers {
  return [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]]
}

function dot(p: Integers, q: Integers): bigint {
  return p[0] * q[0] + p[1] * q[1] + p[2] * q[2]
}

function signOf(value: bigint): -1 | 0 | 1 {
  return value > 0n ? 1 : value < 0n ? -1 : 0
}

/** The integers without their common divisor. */
function reduced(integers: Integers): bigint[] {
  const divisor = integers.reduce(greatestCommonDivisor, 0n)
  return integers.map((value) => value / divisor)
}

function greatestCommonDivisor(p: bigint, q: bigint): bigint {
  let [large, small] = [p < 0n ? -p : p, q < 0n ? -q : q]
  while (small > 0n) [large, small] = [small, large % small]
  return large
}

/** p / q, to 64 bits and then to the nearest float64. */
function quotient(p: bigint, q: bigint): number {
  const shift = Math.max(0, 64 + 4 * (q.toString(16).length - p.toString(16).length + 1))
  return Number((p << BigInt(shift)) / q) / 2 ** shift
}

/** Each integer to the nearest float64, times a power of two that brings the largest to about 1; NaN, which decides nothing, for those that are too large. */
function rounded(exact: Integers): Numbers {
  const numbers = exact.map(Number)
  const largest = Math.max(...numbers.map(Math.abs))
  if (!Number.isFinite(largest)) return [Number.NaN, Number.NaN, Number.NaN]
  const scale = 2 ** -Math.floor(Math.log2(largest))
  return numbers.map((value) => value * scale) as unknown as Numbers
}
