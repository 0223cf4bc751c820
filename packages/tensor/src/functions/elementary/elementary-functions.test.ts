import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { acosh, asinh, atanh, cosh, sinh } from './hyperbolic.ts'
import { acos, asin, atan, atan2 } from './inverse-trigonometric.ts'
import { log2, log10, logAddExp, logit } from './logarithms.ts'
import { hypot, rsqrt } from './roots.ts'
import { sinc, tan } from './trigonometric.ts'

type Unary = (x: Tensor) => Tensor
type Binary = (a: Tensor, b: Tensor) => Tensor

/** Relative to the value, and to `floor` where that is larger. */
function expectNear(found: number, wanted: number, tolerance: number, floor: number): void {
  if (Number.isFinite(wanted))
    expect(Math.abs(found - wanted)).toBeLessThanOrEqual(tolerance * Math.max(floor, Math.abs(wanted)))
  else expect(found).toBe(wanted)
}

const anywhere = fc.oneof(
  fc.double({ min: -700, max: 700, noNaN: true }),
  fc.double({ min: -2, max: 2, noNaN: true }),
  fc.constantFrom(0, 1e-9, -1e-9, 1e-3, Infinity, -Infinity, Number.NaN),
)
const unit = fc.oneof(fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-1, 0, 1, 1e-9, 1 - 1e-9))
const positive = fc.oneof(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.constantFrom(0, Infinity))
const fromOne = fc.oneof(fc.double({ min: 1, max: 1e12, noNaN: true }), fc.constantFrom(1, 1 + 1e-9, Infinity))
const moderate = fc.double({ min: -1.5, max: 1.5, noNaN: true })

const unary: readonly [name: string, neurite: Unary, math: (x: number) => number, domain: fc.Arbitrary<number>][] = [
  ['log2', log2, Math.log2, positive],
  ['log10', log10, Math.log10, positive],
  ['logit', logit, (p) => Math.log(p / (1 - p)), fc.double({ min: 0.01, max: 0.99, noNaN: true })],
  ['rsqrt', rsqrt, (x) => 1 / Math.sqrt(x), positive],
  ['sinh', sinh, Math.sinh, anywhere],
  ['cosh', cosh, Math.cosh, anywhere],
  ['asinh', asinh, Math.asinh, anywhere],
  ['acosh', acosh, Math.acosh, fromOne],
  ['atanh', atanh, Math.atanh, unit],
  ['tan', tan, Math.tan, moderate],
  ['sinc', sinc, (x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)), moderate],
  ['asin', asin, Math.asin, unit],
  ['acos', acos, Math.acos, unit],
  ['atan', atan, Math.atan, anywhere],
]

describe.each(unary)('%s', (_, neurite, math, domain) => {
  it('agrees with Math in float64, relative to the result', () => {
    fc.assert(
      fc.property(fc.array(domain, { minLength: 1, maxLength: 40 }), (values) => {
        const found = neurite(tensor(Float64Array.from(values))).dataSync()
        values.forEach((value, i) => {
          expectNear(found[i]!, math(value), 1e-12, 1e-12)
        })
      }),
    )
  })

  it('loses little in float32', () => {
    const inside = fc.sample(domain, { numRuns: 200, seed: 1 }).map(Math.fround)
    const found = neurite(tensor(Float32Array.from(inside))).dataSync()
    inside.forEach((value, i) => {
      if (Math.abs(value) < 40) expectNear(found[i]!, Math.fround(math(value)), 2e-6, 1e-3)
    })
  })
})

describe('domains', () => {
  it('end where those of Math end', () => {
    const outside: Tensor = tensor([-1.5, 1.5, Number.NaN])
    for (const neurite of [asin, acos]) expect([...neurite(outside).dataSync()]).toEqual([NaN, NaN, NaN])
    expect([...atanh(outside).dataSync()]).toEqual([NaN, NaN, NaN])
    expect([...acosh(tensor([0.5, -1, 1]) as Tensor).dataSync()]).toEqual([NaN, NaN, 0])
    expect([...log2(tensor([0, -1]) as Tensor).dataSync()]).toEqual([-Infinity, NaN])
  })

  it('of integers and bools are computed as float32', () => {
    const one: Tensor = tensor([1], { dtype: 'int32' })
    expect(sinh(one).dtype).toBe('float32')
    expect(atan2(one, tensor([true])).dtype).toBe('float32')
    expect(log2(tensor([8], { dtype: 'int32' }) as Tensor).dataSync()[0]).toBe(3)
  })
})

const binary: readonly [name: string, neurite: Binary, math: (a: number, b: number) => number][] = [
  ['atan2', atan2, Math.atan2],
  ['hypot', hypot, Math.hypot],
  [
    'logAddExp',
    logAddExp,
    (a, b) => (a === b ? a + Math.LN2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)))),
  ],
]

describe.each(binary)('%s', (_, neurite, math) => {
  it('agrees with its definition in float64', () => {
    // −0 aside: it is the same number as 0 here.
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0)
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 }), (pairs) => {
        const [a, b] = [0, 1].map((side) => tensor(Float64Array.from(pairs, (pair) => pair[side as 0 | 1])) as Tensor)
        const found = neurite(a!, b!).dataSync()
        pairs.forEach(([x, y], i) => {
          expectNear(found[i]!, math(x, y), 1e-12, 1e-12)
        })
      }),
    )
  })

  it('broadcasts, and names itself where it cannot', () => {
    const [column, row]: Tensor[] = [tensor([[1], [2]]), tensor([3, 4])]
    expect(neurite(column!, row!).shape).toEqual([2, 2])
    expect(() => neurite(tensor([1, 2]), tensor([1, 2, 3]))).toThrow(`${neurite.name}: cannot broadcast 2 with 3`)
  })
})

describe('extremes', () => {
  it('hypot squares nothing that overflows', () => {
    const found = hypot(tensor([3e30, 3e-30, 0, Infinity]) as Tensor, tensor([4e30, 4e-30, 0, 1]) as Tensor).dataSync()
    expect(found[0]! / 5e30).toBeCloseTo(1, 6)
    expect(found[1]! / 5e-30).toBeCloseTo(1, 6)
    expect([found[2], found[3]]).toEqual([0, Infinity])
  })

  it('logAddExp of infinities', () => {
    const [a, b]: Tensor[] = [tensor([-Infinity, Infinity, -Infinity]), tensor([-Infinity, Infinity, 2])]
    expect([...logAddExp(a!, b!).dataSync()]).toEqual([-Infinity, Infinity, 2])
  })

  it('atan2 in all quadrants and on the axes', () => {
    const y: Tensor = tensor([0, 1, 1, 0, -1, -1, 1, -1, 0], { dtype: 'float64' })
    const x: Tensor = tensor([1, 1, 0, -1, -1, 0, -1, 1, 0], { dtype: 'float64' })
    const wanted = [0, 1, 2, 4, -3, -2, 3, -1, 0].map((eighths) => (eighths * Math.PI) / 4)
    atan2(y, x)
      .dataSync()
      .forEach((angle: number, i: number) => {
        expect(angle).toBeCloseTo(wanted[i]!, 14)
      })
  })
})
