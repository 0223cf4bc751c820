import { describe, expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { erfc, erfinv } from './error-function.ts'
import { digamma, lgamma } from './gamma.ts'

// Values by mpmath with 30 digits.
const gammaPoints = [-3.3, -1.5, -0.25, 0.1, 0.5, 1, 2, 3.7, 12.5, 150]
const values: readonly [
  name: string,
  of: (x: Tensor) => Tensor,
  points: readonly number[],
  wanted: readonly number[],
][] = [
  [
    'lgamma',
    lgamma,
    gammaPoints,
    [
      -0.8243558050174264, 0.860047015376481, 1.589575312551186, 2.252712651734206, 0.5723649429247001, 0, 0,
      1.428072326665388, 18.734347511936445, 600.0094705553274,
    ],
  ],
  [
    'digamma',
    digamma,
    gammaPoints,
    [
      3.620353460592126, 0.7031566406452432, 2.9141391202135276, -10.423754940411076, -1.9635100260214235,
      -0.5772156649015329, 0.42278433509846713, 1.1671535393615113, 2.4851956512749123, 5.007298257075679,
    ],
  ],
  [
    'erfc',
    erfc,
    [-2.5, -0.3, 0, 0.2, 0.999, 1.5, 3, 7.9, 8.1, 20, 26],
    [
      1.999593047982555, 1.3286267594591274, 1, 0.7772974107895215, 0.15771472979350307, 0.033894853524689274,
      2.209049699858544e-5, 5.572718056952545e-29, 2.216308572065754e-30, 5.395865611607901e-176,
      5.663192408856143e-296,
    ],
  ],
  [
    'erfinv',
    erfinv,
    [-0.999999, -0.9, -0.1, 0, 1e-8, 0.3, 0.95, 0.9999],
    [
      -3.458910737275499, -1.1630871536766743, -0.08885599049425769, 0, 8.86226925452758e-9, 0.2724627147267543,
      1.3859038243496777, 2.75106390571208,
    ],
  ],
]

describe.each(values)('%s', (_, of, points, wanted) => {
  it('is right to 11 digits in float64', () => {
    of(tensor(Float64Array.from(points)))
      .dataSync()
      .forEach((found: number, i: number) => {
        const scale = Math.abs(wanted[i]!) < 1e-7 ? Math.max(1e-8, Math.abs(wanted[i]!)) : Math.abs(wanted[i]!)
        expect(Math.abs(found - wanted[i]!) / (wanted[i] === 0 ? 1 : scale)).toBeLessThan(1e-11)
      })
  })

  it('is right to 5 digits in float32', () => {
    of(tensor(Float32Array.from(points)))
      .dataSync()
      .forEach((found: number, i: number) => {
        // Outside float32, or where the argument's rounding moves the result.
        if (Math.abs(wanted[i]!) < 1e-30 || Math.abs(points[i]!) === 0.999999) return
        expect(Math.abs(found - wanted[i]!)).toBeLessThan(
          1e-5 * Math.abs(wanted[i]!) + 1e-6 * Math.min(1, Math.abs(found)),
        )
      })
  })
})

describe('ends', () => {
  const list = (x: Tensor): number[] => [...x.dataSync()]

  it('of the gamma functions', () => {
    expect(list(lgamma(tensor([0, -1, -7, Infinity])))).toEqual([Infinity, Infinity, Infinity, Infinity])
    expect(list(digamma(tensor([0, -1])))).toEqual([NaN, NaN])
    expect(list(digamma(tensor([Infinity])))).toEqual([Infinity])
  })

  it('of the error functions', () => {
    expect(list(erfc(tensor([-Infinity, Infinity, Number.NaN])))).toEqual([2, 0, NaN])
    expect(list(erfinv(tensor([-1, 1, 1.5])))).toEqual([-Infinity, Infinity, NaN])
  })
})
