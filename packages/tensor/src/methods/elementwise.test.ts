import { describe, expect, it } from 'vitest'
import { full, zeros } from '../create.ts'
import type { DType } from '../dtype.ts'
import { tensor } from '../from-data.ts'
import type { Tensor } from '../tensor.ts'
import { expectTensor } from '../test/closeness.ts'

const values = [-2.5, -1, -0.3, 0, 0.4, 1, 2.5]

describe('elementary functions', () => {
  const functions: Readonly<Record<string, [(x: Tensor) => Tensor, (x: number) => number]>> = {
    negate: [(x) => x.negate(), (x) => -x],
    absolute: [(x) => x.absolute(), Math.abs],
    square: [(x) => x.square(), (x) => x * x],
    reciprocal: [(x) => x.reciprocal(), (x) => 1 / x],
    exp: [(x) => x.exp(), Math.exp],
    sin: [(x) => x.sin(), Math.sin],
    cos: [(x) => x.cos(), Math.cos],
    tanh: [(x) => x.tanh(), Math.tanh],
    sigmoid: [(x) => x.sigmoid(), (x) => 1 / (1 + Math.exp(-x))],
    log1p: [(x) => x.absolute().log1p(), (x) => Math.log1p(Math.abs(x))],
    expm1: [(x) => x.expm1(), Math.expm1],
    sqrt: [(x) => x.absolute().sqrt(), (x) => Math.sqrt(Math.abs(x))],
    log: [(x) => x.absolute().log(), (x) => Math.log(Math.abs(x))],
    floor: [(x) => x.floor(), Math.floor],
    ceil: [(x) => x.ceil(), Math.ceil],
    truncate: [(x) => x.truncate(), Math.trunc],
    sign: [(x) => x.sign(), Math.sign],
    relu: [(x) => x.relu(), (x) => Math.max(x, 0)],
    clamp: [(x) => x.clamp({ min: -0.5, max: 1.5 }), (x) => Math.min(Math.max(x, -0.5), 1.5)],
  }

  it.each(Object.entries(functions))('%s is what JavaScript computes', (_, [method, expected]) => {
    expectTensor(method(tensor(values)), [values.length], values.map(expected))
  })

  it('round to even on ties', () => {
    expectTensor(tensor([0.5, 1.5, 2.5, -0.5, -1.5]).round(), [5], [0, 2, 2, -0, -2])
  })

  it('log1p and expm1 keep numbers that 1 + x would swallow', () => {
    const tiny = tensor([1e-10, -3e-9, 2e-5])
    const data = [...tiny.dataSync()]
    const relative = (actual: Tensor, expected: readonly number[]): number[] =>
      [...actual.dataSync()].map((value, i) => Math.abs(value / expected[i]! - 1))
    for (const error of relative(tiny.log1p(), data.map(Math.log1p))) expect(error).toBeLessThan(1e-6)
    for (const error of relative(tiny.expm1(), data.map(Math.expm1))) expect(error).toBeLessThan(1e-6)
  })

  it('log1p knows its limits', () => {
    expectTensor(tensor([-1, Infinity, -2, NaN]).log1p(), [4], [-Infinity, Infinity, NaN, NaN])
  })

  it('expm1 knows its limits', () => {
    expectTensor(tensor([-Infinity, Infinity, NaN]).expm1(), [3], [-1, Infinity, NaN])
  })

  it('relu and clamp let NaN through', () => {
    expectTensor(tensor([NaN]).relu(), [1], [NaN])
    expectTensor(tensor([NaN]).clamp({ min: 0, max: 1 }), [1], [NaN])
  })

  it('clamp keeps the dtype, and takes no bound that it cannot hold', () => {
    const ints = tensor([-3, 0, 4], { dtype: 'int32' })
    expectTensor(ints.clamp({ min: -1, max: 2 }), [3], [-1, 0, 2])
    expect(ints.clamp({ min: -1 }).dtype).toBe('int32')
    expect(() => ints.clamp({ max: 2.5 })).toThrow('clamp: the bound 2.5 is no int32 value.')
  })

  it('leave integers integers where no fraction can arise', () => {
    const ints = tensor([-3, 0, 4], { dtype: 'int32' })
    for (const result of [ints.floor(), ints.ceil(), ints.round(), ints.truncate()]) expect(result).toBe(ints)
    expect(ints.relu().dtype).toBe('int32')
    expectTensor(ints.sign(), [3], [-1, 0, 1])
    expectTensor(tensor([0, 7], { dtype: 'uint8' }).sign(), [2], [0, 1])
  })
})

describe('two operands', () => {
  it('are broadcast', () => {
    const column = tensor([[1], [2]])
    const row = tensor([10, 20, 30])
    expectTensor(column.add(row), [2, 3], [11, 21, 31, 12, 22, 32])
    expectTensor(row.subtract(column), [2, 3], [9, 19, 29, 8, 18, 28])
  })

  it('that cannot be broadcast are refused at once, with the sizes', () => {
    const untyped: Tensor = zeros([2])
    expect(() => untyped.add(zeros([3]))).toThrow('add: cannot broadcast 2 with 3: [2] and [3] differ at axis -1.')
    expect(() => untyped.greater(zeros([3]))).toThrow('greater: cannot broadcast 2 with 3')
  })

  it('of one shape and dtype make one node and nothing else', () => {
    const x = zeros([4])
    const y = zeros([4])
    const sum = x.add(y)
    expect(sum.primitive).toBe('add')
    expect(sum.inputs).toEqual([x, y])
  })

  it('with a number make a constant in the shape and dtype of the result', () => {
    const sum = tensor([1, 2], { dtype: 'int32' }).add(0.5)
    expect(sum.dtype).toBe('float32')
    expect(sum.inputs[1]).toMatchObject({ primitive: 'constant', shape: [2], dtype: 'float32' })
    expectTensor(sum, [2], [1.5, 2.5])
  })

  it('divide truly, also integers', () => {
    const quotient = tensor([1, 2], { dtype: 'int32' }).divide(tensor([2, 3], { dtype: 'int32' }))
    expect(quotient.dtype).toBe('float32')
    expectTensor(quotient, [2], [0.5, 2 / 3])
  })

  it('divide to whole numbers exactly', () => {
    expectTensor(tensor([5, -5, 5, -5]).floorDivide(tensor([3, 3, -3, -3])), [4], [1, -2, -2, 1])
    const large = tensor([2 ** 31 - 1, -(2 ** 31)], { dtype: 'int32' }).floorDivide(2)
    expect(large.dtype).toBe('int32')
    expectTensor(large, [2], [2 ** 30 - 1, -(2 ** 30)], 0)
  })

  it('give remainders the sign of the divisor', () => {
    expectTensor(tensor([5, -5, 5, -5]).remainder(tensor([3, 3, -3, -3])), [4], [2, 1, -1, -2])
  })

  it('compare', () => {
    const x = tensor([1, 2, 3, NaN])
    expectTensor(x.less(2), [4], [1, 0, 0, 0])
    expectTensor(x.lessEqual(2), [4], [1, 1, 0, 0])
    expectTensor(x.greater(2), [4], [0, 0, 1, 0])
    expectTensor(x.greaterEqual(2), [4], [0, 1, 1, 0])
    expectTensor(x.equal(2), [4], [0, 1, 0, 0])
    expectTensor(x.notEqual(2), [4], [1, 0, 1, 1])
  })

  it('maximum and minimum are NaN where either is', () => {
    expectTensor(tensor([1, NaN, 3]).maximum(tensor([2, 2, NaN])), [3], [2, NaN, NaN])
    expectTensor(tensor([1, NaN, 3]).minimum(tensor([2, 2, NaN])), [3], [1, NaN, NaN])
  })

  it('power follows the elements', () => {
    expectTensor(tensor([2, 3, 4]).power(tensor([3, 2, 0.5])), [3], [8, 9, 2])
  })
})

describe('promotion', () => {
  const order: readonly DType[] = ['bool', 'uint8', 'int32', 'float32', 'float64']

  it('brings two dtypes to the stronger one', () => {
    for (const [i, a] of order.entries())
      for (const [j, b] of order.entries())
        expect(zeros([1], a).maximum(zeros([1], b)).dtype).toBe(order[Math.max(i, j)])
  })

  it('lets a number take the dtype beside it', () => {
    expect(zeros([1], 'float64').add(0.1).dtype).toBe('float64')
    expect(zeros([1], 'uint8').add(1).dtype).toBe('uint8')
    expect(zeros([1], 'uint8').add(0.5).dtype).toBe('float32')
    expect(zeros([1], 'bool').add(1).dtype).toBe('int32')
    expect(zeros([1], 'int32').add(Infinity).dtype).toBe('float32')
  })

  it('refuses a number that the integer dtype cannot hold', () => {
    expect(() => zeros([1], 'uint8').add(-1)).toThrow('add: -1 does not fit uint8 (0 to 255).')
    expect(() => zeros([1], 'int32').multiply(2 ** 31)).toThrow('multiply: 2147483648 does not fit int32')
  })
})

describe('bits', () => {
  it('are logical on bools', () => {
    const a = tensor([true, true, false, false])
    const b = tensor([true, false, true, false])
    expectTensor(a.and(b), [4], [1, 0, 0, 0])
    expectTensor(a.or(b), [4], [1, 1, 1, 0])
    expectTensor(a.xor(b), [4], [0, 1, 1, 0])
    expectTensor(a.not(), [4], [0, 0, 1, 1])
  })

  it('are bitwise on integers', () => {
    const x = tensor([6, -1], { dtype: 'int32' })
    expectTensor(x.and(3), [2], [2, 3])
    expectTensor(x.not(), [2], [-7, 0])
    expectTensor(x.shiftLeft(2), [2], [24, -4])
    expectTensor(x.shiftRight(1), [2], [3, 2 ** 31 - 1])
    expectTensor(tensor([5], { dtype: 'uint8' }).not(), [1], [250])
  })

  it('do not exist in floats', () => {
    expect(() => zeros([1]).not()).toThrow('not: takes bools and integers, not float32.')
    expect(() => zeros([1]).and(zeros([1]))).toThrow(/and/)
  })
})

describe('cast', () => {
  it('truncates towards zero, saturates and makes NaN 0', () => {
    expectTensor(tensor([-1.9, 1.9, 1e20, -1e20, NaN]).cast('int32'), [5], [-1, 1, 2 ** 31 - 1, -(2 ** 31), 0])
  })

  it('is no node where the dtype is right already', () => {
    const x = zeros([2])
    expect(x.cast('float32')).toBe(x)
  })
})

describe('choose', () => {
  it('does not spoil a chosen element with the other', () => {
    const x = tensor([0, 4])
    const safe: Tensor = x.equal(0).choose(-1, x.reciprocal())
    expectTensor(safe, [2], [-1, 0.25])
  })

  it('gives float32 for two numbers', () => {
    const choice = tensor([true, false]).choose(1, 2)
    expect(choice.dtype).toBe('float32')
    expectTensor(choice, [2], [1, 2])
  })

  it('broadcasts the condition too', () => {
    expectTensor(tensor([[true], [false]]).choose(full([2], 1), 0), [2, 2], [1, 1, 0, 0])
  })
})
