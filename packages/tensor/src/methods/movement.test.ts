import { describe, expect, it } from 'vitest'
import { arange, zeros } from '../create.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'

const matrix = (): Tensor<[2, 3], 'float32'> =>
  tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])

describe('reshape', () => {
  it('keeps the elements in row-major order', () => {
    expectTensor(matrix().reshape([3, 2]), [3, 2], [1, 2, 3, 4, 5, 6])
  })

  it('works out one size given as -1', () => {
    expect(zeros([2, 3, 4]).reshape([-1, 6]).shape).toEqual([4, 6])
    expect(zeros([0, 4]).reshape([-1, 4]).shape).toEqual([0, 4])
  })

  it('is no node where the shape is right already', () => {
    const x: Tensor = matrix()
    expect(x.reshape([2, 3])).toBe(x)
  })

  it('says which numbers disagree', () => {
    const x: Tensor = matrix()
    expect(() => x.reshape([4, 2])).toThrow('reshape: 6 elements of [2, 3] do not fill [4, 2] (8).')
    expect(() => x.reshape([4, -1])).toThrow(
      'reshape: 6 elements of [2, 3] do not fill [4, -1]: 6 is no multiple of 4.',
    )
    expect(() => x.reshape([-1, -1])).toThrow('only one may be -1')
    expect(() => x.reshape([1.5, 4])).toThrow('reshape: [1.5, 4] is not a shape')
  })
})

describe('permute and transpose', () => {
  it('exchange axes', () => {
    expectTensor(matrix().transpose(), [3, 2], [1, 4, 2, 5, 3, 6])
    const x = arange({ stop: 24 }).reshape([2, 3, 4])
    const y = x.permute([2, 0, 1])
    expect(y.shape).toEqual([4, 2, 3])
    const [from, to] = [x.toArraySync(), y.toArraySync()]
    for (let i = 0; i < 2; i++)
      for (let j = 0; j < 3; j++) for (let k = 0; k < 4; k++) expect(to[k]![i]![j]).toBe(from[i]![j]![k])
  })

  it('are no nodes where nothing moves', () => {
    const x: Tensor = matrix()
    expect(x.permute([0, 1])).toBe(x)
    expect(x.transpose(1, 1)).toBe(x)
  })

  it('name wrong axes', () => {
    const x: Tensor = matrix()
    expect(() => x.permute([1])).toThrow('permute: order [1] names 1 axes, [2, 3] has 2.')
    expect(() => x.permute([0, 0])).toThrow('permute: axes [0, 0] name an axis twice.')
    expect(() => x.transpose(0, 2)).toThrow('transpose: axis 2 is out of range for 2 axes')
  })
})

describe('broadcastTo', () => {
  it('repeats axes of size 1 and adds leading ones', () => {
    expectTensor(tensor([[1], [2]]).broadcastTo([2, 2, 2]), [2, 2, 2], [1, 1, 2, 2, 1, 1, 2, 2])
  })

  it('refuses a shape that does not fit', () => {
    const x: Tensor = matrix()
    expect(() => x.broadcastTo([2, 4])).toThrow(/broadcast/)
  })
})

describe('slice', () => {
  const x: Tensor = arange({ stop: 10 })
  it.each([
    [{ starts: [2], stops: [5] }, [2, 3, 4]],
    [{ starts: [-3] }, [7, 8, 9]],
    [{ starts: [0], stops: [-7] }, [0, 1, 2]],
    [{ starts: [0], stops: [99], steps: [4] }, [0, 4, 8]],
    [{ starts: [-99], stops: [2] }, [0, 1]],
    [{ starts: [5], stops: [3] }, []],
    [{ starts: [1], stops: [undefined], steps: [3] }, [1, 4, 7]],
  ])('%o gives %o, as in Python', (bounds, expected) => {
    expectTensor(x.slice(bounds), [expected.length], expected)
  })

  it('leaves the axes without bounds whole', () => {
    expectTensor(matrix().slice({ starts: [1] }), [1, 3], [4, 5, 6])
  })

  it('refuses what it cannot do', () => {
    expect(() => x.slice({ starts: [0, 0] })).toThrow('slice: bounds for 2 axes, but [10] has 1.')
    expect(() => x.slice({ starts: [0], steps: [-1] })).toThrow('To reverse an axis use flip.')
    expect(() => x.slice({ starts: [0.5] })).toThrow('slice: 0.5 is not an integer bound.')
  })
})

describe('select and narrow', () => {
  it('take positions', () => {
    expectTensor(matrix().select(0, -1), [3], [4, 5, 6])
    expectTensor(matrix().select(1, 0), [2], [1, 4])
    expectTensor(matrix().narrow(1, 1, 2), [2, 2], [2, 3, 5, 6])
    expectTensor(matrix().narrow(1, -1, 1), [2, 1], [3, 6])
  })

  it('refuse positions outside', () => {
    const x: Tensor = matrix()
    expect(() => x.select(1, 3)).toThrow('select: index 3 is out of range for axis 1 of [2, 3].')
    expect(() => x.narrow(1, 2, 2)).toThrow('narrow: 2 positions from 2 on do not lie within axis 1 of [2, 3].')
  })
})

describe('pad', () => {
  it('puts values around and between', () => {
    expectTensor(tensor([1, 2]).pad({ low: [1], high: [2], value: 9 }), [5], [9, 1, 2, 9, 9])
    expectTensor(tensor([1, 2, 3]).pad({ low: [0], high: [0], interior: [1] }), [5], [1, 0, 2, 0, 3])
  })

  it('crops where negative', () => {
    expectTensor(tensor([1, 2, 3, 4]).pad({ low: [-1], high: [-2] }), [1], [2])
  })

  it('needs an entry for every axis', () => {
    expect(() => matrix().pad({ low: [1], high: [1] })).toThrow('one entry for each of the 2 axes of [2, 3]')
  })
})

describe('axes of size 1', () => {
  it('come and go', () => {
    const x: Tensor = zeros([1, 2, 1, 3])
    expect(x.squeeze().shape).toEqual([2, 3])
    expect(x.squeeze(-2).shape).toEqual([1, 2, 3])
    expect(x.squeeze([0, 2]).shape).toEqual([2, 3])
    expect(matrix().unsqueeze(0).shape).toEqual([1, 2, 3])
    expect(matrix().unsqueeze(-1).shape).toEqual([2, 3, 1])
  })

  it('are only those of size 1', () => {
    const x: Tensor = matrix()
    expect(() => x.squeeze(1)).toThrow('squeeze: axis 1 of [2, 3] has size 3, not 1.')
    expect(() => x.unsqueeze(4)).toThrow('unsqueeze: axis 4 is out of range for 3 axes')
  })
})

describe('flatten', () => {
  it('joins a range of axes', () => {
    const x: Tensor = zeros([2, 3, 4, 5])
    expect(x.flatten().shape).toEqual([120])
    expect(x.flatten(1).shape).toEqual([2, 60])
    expect(x.flatten(1, 2).shape).toEqual([2, 12, 5])
    expect(zeros([]).flatten().shape).toEqual([1])
  })

  it('refuses a range that runs backwards', () => {
    const x: Tensor = matrix()
    expect(() => x.flatten(1, 0)).toThrow('flatten: startAxis lies behind endAxis: 1 > 0 of [2, 3].')
  })
})

describe('flip', () => {
  it('reverses axes', () => {
    expectTensor(matrix().flip(1), [2, 3], [3, 2, 1, 6, 5, 4])
    expectTensor(matrix().flip([0, 1]), [2, 3], [6, 5, 4, 3, 2, 1])
  })
})

describe('window and overlapAdd', () => {
  it('show every window of an axis', () => {
    const windows = arange({ stop: 6 }).window({ axes: [0], sizes: [3], strides: [2] })
    expectTensor(windows, [2, 3], [0, 1, 2, 2, 3, 4])
    const dilated = arange({ stop: 5 }).window({ axes: [0], sizes: [2], dilations: [3] })
    expectTensor(dilated, [2, 2], [0, 3, 1, 4])
  })

  it('are adjoint: ⟨window x, y⟩ = ⟨x, overlapAdd y⟩', () => {
    const options = { axes: [1], strides: [2], dilations: [2] }
    const x: Tensor = arange({ stop: 14 }).reshape([2, 7])
    const y: Tensor = arange({ stop: 12 }).reshape([2, 2, 3]).sin()
    const left = x
      .window({ ...options, sizes: [3] })
      .multiply(y)
      .sum()
    const right = x.multiply(y.overlapAdd({ ...options, lengths: [7] })).sum()
    expect(left.itemSync()).toBeCloseTo(right.itemSync(), 4)
  })
})
