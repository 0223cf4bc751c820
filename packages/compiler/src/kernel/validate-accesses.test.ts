import { describe, expect, test } from 'vitest'
import { breaks, contracting, contraction, copy, element, lookUp, loop, storing } from '../test/broken-programs.ts'
import { affine, programOf } from '../test/written-programs.ts'
import { addIndex, axisIndex, constantIndex, divideIndex, type Index, zeroIndex } from './indexing.ts'
import type { ContractionKernel, Kernel, Program } from './kernel.ts'
import { type ProgramWriter, storeTo, writeProgram } from './program-writer.ts'
import { applyScalar, constantScalar, loadScalar, type Scalar } from './scalar.ts'
import { validate } from './validate.ts'

describe('C15: bounds', () => {
  const shifted = addIndex(axisIndex(0), constantIndex(-1))
  const guarded = (index: Index, low: number, high: number, loaded: Index, divisor?: number): Scalar => ({
    kind: 'guard',
    conditions: [{ index, low, high, ...(divisor === undefined ? {} : { divisor }) }],
    value: loadScalar(0, loaded, 'float32'),
    otherwise: 0,
    dtype: 'float32',
  })

  test('a load may leave its buffer only where a guard keeps it from being evaluated', () => {
    expect(() => validate(storing(guarded(shifted, 0, 3, shifted)))).not.toThrow()
    expect(breaks('C15', storing(guarded(shifted, -1, 3, shifted)))).toContain('loads element -1 of input0')
    expect(breaks('C15', storing(loadScalar(0, shifted, 'float32')))).toContain('at [i = 0]')
  })

  test('divisors of conditions and divisions of indices are taken into account', () => {
    const halved = divideIndex(addIndex(axisIndex(0), constantIndex(5)), 2, [4]).quotient
    expect(() => validate(storing(guarded(axisIndex(0), 0, 4, halved, 3)))).toThrow('loads element 4 of input0')
    expect(() => validate(storing(guarded(axisIndex(0), 0, 3, halved, 3)))).not.toThrow()
  })

  test('an index whose parts cannot be extreme together is not refused', () => {
    // 3 · ⌊i / 3⌋ + i mod 3 is i, though the ranges of its parts add up to 5.
    const { quotient, remainder } = divideIndex(axisIndex(0), 3, [4])
    const same = addIndex({ constant: 0, terms: quotient.terms.map((term) => ({ ...term, stride: 3 })) }, remainder)
    expect(() => validate(storing(loadScalar(0, same, 'float32')))).not.toThrow()
  })

  test('a looked-up index may be anything in its range', () => {
    const at = applyScalar('cast', [element], 'int32')
    expect(() => validate(storing(loadScalar(0, lookUp(at, 4), 'float32')))).not.toThrow()
    expect(breaks('C15', storing(loadScalar(0, lookUp(at, 5), 'float32')))).toContain('an index looked up as 4')
  })

  test('what an index looks up is checked too, also in the index of a store', () => {
    const outside = applyScalar('cast', [loadScalar(0, axisIndex(0, 3), 'float32')], 'int32')
    expect(breaks('C15', storing(loadScalar(0, lookUp(outside, 4), 'float32')))).toContain('element 6 of input0')
    expect(breaks('C15', storing(element, lookUp(outside, 4)))).toContain('element 6 of input0')
  })

  test('a large space is searched at its ends', () => {
    const program = programOf((write) => {
      const [x, out] = [write.input('float32', 10 ** 6), write.output('float32', 10 ** 6)]
      const at = affine(1000, 1)
      return loop([1000, 1000], storeTo(out, at, write.load(x, addIndex(at, constantIndex(1)))))
    })
    expect(breaks('C15', program)).toContain('element 1000000 of input0, which has 1000000, at [i = 999, j = 999]')
  })

  test('a store stays inside its buffer, and nothing is wrong where there are no points', () => {
    expect(breaks('C15', storing(element, addIndex(axisIndex(0), constantIndex(1))))).toContain('writes element 4')
    const nothing = storing(loadScalar(0, constantIndex(99), 'float32'), axisIndex(0), [0])
    expect(() => validate({ ...nothing, kernels: [...copy.kernels, ...nothing.kernels] })).not.toThrow()
  })
})

test('C16: no element is written twice', () => {
  expect(breaks('C16', storing(element, zeroIndex, [4]))).toContain('alike for every i')
  expect(breaks('C16', storing(element, axisIndex(0), [4, 2]))).toContain('8 times to the 4 elements')
  const halves = divideIndex(axisIndex(0), 2, [4]).quotient
  expect(breaks('C16', storing(element, halves))).toContain('element 0 of output1 twice')
  const lower = storeTo(1, axisIndex(0), element)
  const upper = storeTo(1, addIndex(axisIndex(0), constantIndex(2)), element)
  const overlapping = storeTo(1, addIndex(axisIndex(0), constantIndex(1)), element)
  expect(() => validate({ ...copy, kernels: [loop([2], lower, upper)] })).not.toThrow()
  expect(breaks('C16', { ...copy, kernels: [loop([2], lower, overlapping)] })).toContain('element 1 of output1 twice')
})

describe('C17: what a kernel writes it reads', () => {
  const update = (index: Index, extents: readonly number[] = []): Program =>
    programOf((write) => {
      const state = write.state('float32', 4)
      return loop([4], storeTo(state, axisIndex(0), applyScalar('negate', [write.load(state, index)]), extents))
    })

  test('only at the element it writes', () => {
    expect(() => validate(update(axisIndex(0)))).not.toThrow()
    expect(breaks('C17', update(addIndex(axisIndex(0, -1), constantIndex(3))))).toContain('step 0 (store) reads state0')
  })

  test('in a reduction over the same elements', () => {
    const normalize = (read: Index): Program =>
      programOf((write) => {
        const state = write.state('float32', 12)
        const at = affine(4, 1)
        const value = applyScalar('divide', [write.load(state, at), { kind: 'result', step: 0, dtype: 'float32' }])
        const reduce = { kind: 'reduce', extents: [4], combine: 'add', value: write.load(state, read) } as const
        return loop([3], reduce, storeTo(state, at, value, [4]))
      })
    expect(() => validate(normalize(affine(4, 1)))).not.toThrow()
    expect(breaks('C17', normalize(affine(0, 1)))).toContain('step 0 (reduce) reads state0')
  })

  test('never in the operands of a contraction or in a scatter', () => {
    const writing = contracting({ stores: [storeTo(0, affine(3, 1), constantScalar(0, 'float32'))] })
    const states = { inputs: [1, 2], outputs: [], states: [0, 3] }
    const buffers = contraction.buffers.map(({ offset, ...buffer }, number) =>
      number % 3 === 0 ? { ...buffer, role: 'state' as const } : { ...buffer, offset: offset! },
    )
    expect(
      breaks('C17', {
        ...writing,
        ...states,
        buffers,
        kernels: [{ ...(writing.kernels[0] as ContractionKernel), columns: [3] }],
      }),
    ).toContain('left reads state0')
    const scatter = programOf((write) => {
      const state = write.state('float32', 4)
      const value = write.load(state, axisIndex(0))
      return { kind: 'scatter', label: '', extents: [4], buffer: state, index: axisIndex(0), value }
    })
    expect(breaks('C17', scatter)).toContain('scatter reads state0')
  })
})

test('C18: temporaries are written before they are read, and outputs are written', () => {
  const [first, second] = [
    (write: ProgramWriter): Kernel => {
      const [x, between] = [write.input('float32', 4), write.temporary('float32', 4)]
      return loop([4], storeTo(between, axisIndex(0), write.load(x, axisIndex(0))))
    },
    (write: ProgramWriter): Kernel => {
      const out = write.output('float32', 4)
      return loop([4], storeTo(out, axisIndex(0), write.load(1, axisIndex(0))))
    },
  ]
  const program = programOf(first, second)
  expect(() => validate(program)).not.toThrow()
  const reversed = { ...program, kernels: program.kernels.toReversed() }
  expect(breaks('C18', reversed)).toContain('kernel 0 "a + b": reads t1 before it is written')
  expect(breaks('C18', { ...program, kernels: program.kernels.slice(0, 1) })).toContain('nobody writes output2')
})

describe('C19: buffers that share bytes', () => {
  /** input0 → t1 → t2 → output3, one kernel each, at the given offsets. */
  function chain(...offsets: readonly number[]): Program {
    const write = writeProgram()
    const numbers = [write.input('float32', 16), write.temporary('float32', 16), write.temporary('float32', 16)]
    numbers.push(write.output('float32', 16))
    for (const from of [0, 1, 2])
      write.kernel(loop([16], storeTo(numbers[from + 1]!, axisIndex(0), write.load(numbers[from]!, axisIndex(0)))))
    const program = write.finish()
    return { ...program, buffers: program.buffers.map((buffer, i) => ({ ...buffer, offset: offsets[i]! * 64 })) }
  }

  test('may do so one after the other', () => {
    expect(() => validate(chain(0, 1, 0, 1))).not.toThrow()
  })

  test('may not while both are needed', () => {
    const program = chain(0, 0, 1, 2)
    const others = program.kernels.slice(1)
    const backwards = addIndex(constantIndex(15), axisIndex(0, -1))
    const reversing = loop([16], storeTo(1, axisIndex(0), loadScalar(0, backwards, 'float32')))
    expect(breaks('C19', { ...program, kernels: [reversing, ...others] })).toContain(
      'input0 (from the start to kernel 0) and t1 (from kernel 0 to kernel 1) share bytes 0 … 64',
    )
  })

  test('may where every element is read before it is written over', () => {
    expect(() => validate(chain(0, 0, 1, 2))).not.toThrow()
    expect(() => validate(chain(0, 1, 2, 2))).not.toThrow()
  })

  test('may not where an output lies on what an earlier kernel still reads', () => {
    const program = chain(0, 1, 2, 0)
    expect(() => validate(program)).not.toThrow()
    const late = loop([16], storeTo(2, axisIndex(0), loadScalar(0, axisIndex(0), 'float32')))
    expect(breaks('C19', { ...program, kernels: [...program.kernels, late] })).toContain(
      'input0 (from the start to kernel 3)',
    )
  })
})
