import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { interpolate } from './interpolate.ts'

const signal: Tensor = tensor([0, 10], { shape: [1, 1, 2] })

describe('interpolate', () => {
  it('repeats the nearest element', () => {
    expectTensor(interpolate(signal, { scaleFactor: 2 }), [1, 1, 4], [0, 0, 10, 10])
    expectTensor(interpolate(signal, { size: 3 }), [1, 1, 3], [0, 0, 10])
    const image: Tensor = arange({ stop: 4 }).reshape([1, 1, 2, 2])
    expectTensor(interpolate(image, { scaleFactor: [1, 2] }), [1, 1, 2, 4], [0, 0, 1, 1, 2, 2, 3, 3])
  })

  it('weighs neighbours, between centres or between corners', () => {
    expectTensor(interpolate(signal, { size: 4, mode: 'linear' }), [1, 1, 4], [0, 2.5, 7.5, 10])
    expectTensor(interpolate(signal, { size: 5, mode: 'linear', alignCorners: true }), [1, 1, 5], [0, 2.5, 5, 7.5, 10])
  })

  it('of a plane in both directions stays a plane', () => {
    const plane: Tensor = tensor([0, 1, 10, 11], { shape: [1, 1, 2, 2] })
    expectTensor(
      interpolate(plane, { size: 3, mode: 'linear', alignCorners: true }),
      [1, 1, 3, 3],
      [0, 0.5, 1, 5, 5.5, 6, 10, 10.5, 11],
    )
  })

  it('takes whole factors at their word', () => {
    const line: Tensor = arange({ stop: 49 }).reshape([1, 1, 49])
    const tripled = [...interpolate(line, { scaleFactor: 3 }).dataSync()]
    expect(tripled).toEqual(Array.from({ length: 147 }, (_, i) => Math.floor(i / 3)))
  })

  it('wants one new size', () => {
    expect(() => interpolate(signal, {})).toThrow('interpolate: needs either size or scaleFactor.')
    expect(() => interpolate(signal, { size: 0 })).toThrow('interpolate: cannot resize [2] to [0].')
    expect(() => interpolate(zeros([2, 2]), { size: 2 })).toThrow('interpolate: takes [N, C, ...spatial], not [2, 2].')
  })
})
