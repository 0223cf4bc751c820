import { describe, expect, test } from 'vitest'
import { type Constraint, constraints, KernelError } from './constraints.ts'
import type { DType } from './dtype.ts'
import { addIndex, axisIndex, constantIndex, divideIndex, type Index, zeroIndex } from './indexing.ts'
import type { Buffer, ContractionKernel, Kernel, LoopKernel, Program } from './kernel.ts'
import { type ProgramWriter, storeTo, writeProgram } from './program-writer.ts'
import { applyScalar, constantScalar, loadScalar, type Scalar } from './scalar.ts'
import { validate } from './validate.ts'

function affine(...strides: readonly number[]): Index {
  return strides.reduce((index, stride, axis) => addIndex(index, axisIndex(axis, stride)), zeroIndex)
}

function lookUp(value: Scalar, size: number, fault = 0): Index {
  return { constant: 0, terms: [{ stride: 1, atom: { kind: 'value', value, size, fault } }] }
}

function loop(extents: readonly number[], ...steps: LoopKernel['steps']): LoopKernel {
  return { kind: 'loop', label: 'a + b', extents, steps }
}

function programOf(...build: readonly ((write: ProgramWriter) => Kernel)[]): Program {
  const write = writeProgram()
  for (const kernel of build) write.kernel(kernel(write))
  return write.finish()
}

/** Validates and returns the error, which must be of the given rule. */
function breaks(constraint: Constraint, program: Program): string {
  try {
    validate(program)
  } catch (error) {
    if (!(error instanceof KernelError)) throw error
    expect(error.message).toContain(`(${constraint}: ${constraints[constraint]})`)
    expect(error.constraint).toBe(constraint)
    return error.message
  }
  throw new Error(`Nothing was found, but ${constraint} is broken.`)
}

/** out[i] = negate(x[i]) over 4 elements: buffers 0 and 1. */
const copy = programOf((write) => {
  const [x, out] = [write.input('float32', 4), write.output('float32', 4)]
  return loop([4], storeTo(out, axisIndex(0), applyScalar('negate', [write.load(x, axisIndex(0))])))
})

function withBuffer(number: number, change: Partial<Buffer>): Program {
  return {
    ...copy,
    buffers: copy.buffers.map((buffer, other) => (other === number ? { ...buffer, ...change } : buffer)),
  }
}

/** The copy with another value stored. */
function storing(value: Scalar, index: Index = axisIndex(0), extents: readonly number[] = [4]): Program {
  return { ...copy, kernels: [loop(extents, storeTo(1, index, value))], faults: [{ message: '' }] }
}

const element = loadScalar(0, axisIndex(0), 'float32')

/** A contraction of [2, 3] with [4, 3] and a bias. */
const contraction = programOf((write) => {
  const [a, b, c] = [write.input('float32', 6), write.input('float32', 12), write.input('float32', 4)]
  const out = write.output('float32', 8)
  const sum: Scalar = { kind: 'result', step: 0, dtype: 'float32' }
  return {
    kind: 'contraction',
    label: 'contract',
    batch: [],
    rows: [2],
    columns: [4],
    depth: [3],
    left: write.load(a, affine(3, 0, 1)),
    right: write.load(b, affine(0, 3, 1)),
    stores: [storeTo(out, affine(4, 1), applyScalar('add', [sum, write.load(c, affine(0, 1))]))],
  }
})

function contracting(change: Partial<ContractionKernel>): Program {
  return { ...contraction, kernels: [{ ...(contraction.kernels[0] as ContractionKernel), ...change }] }
}

/** Row sums of [4, 1]. */
function summing(reduced: Scalar, step: number, dtype: DType): Program {
  const reduce = { kind: 'reduce', extents: [1], combine: 'add', value: reduced } as const
  const result: Scalar = { kind: 'result', step, dtype }
  const isFloat = dtype === 'float32' || dtype === 'float64'
  const value = isFloat ? result : applyScalar('cast', [result], 'float32')
  return { ...copy, kernels: [loop([4], reduce, storeTo(1, axisIndex(0), value))] }
}

test('a valid program passes, and an error names the kernel, the place and the rule', () => {
  for (const program of [copy, contraction, summing(element, 0, 'float32')])
    expect(() => validate(program)).not.toThrow()
  expect(breaks('C15', storing(loadScalar(0, axisIndex(0, 2), 'float32')))).toBe(
    'validate: kernel 0 "a + b", step 0 (store): loads element 4 of input0, which has 4, at [i = 2] (C15: loads and stores stay inside their buffers).',
  )
})

test('C1: buffers, faults and steps exist', () => {
  expect(breaks('C1', storing(loadScalar(7, axisIndex(0), 'float32')))).toContain('loads buffer 7 of 2')
  expect(breaks('C1', { ...copy, kernels: [loop([4], storeTo(5, axisIndex(0), element))] })).toContain(
    'writes buffer 5',
  )
  const at = applyScalar('cast', [element], 'int32')
  expect(breaks('C1', storing(loadScalar(0, lookUp(at, 4, 3), 'float32')))).toContain('reports fault 3 of 1')
})

test('C2: inputs, outputs and states are listed once', () => {
  expect(breaks('C2', { ...copy, inputs: [] })).toContain('input0 is not listed')
  expect(breaks('C2', { ...copy, states: [1] })).toContain('buffer 1 is listed as state but is output')
  expect(breaks('C2', { ...copy, inputs: [0, 0] })).toContain('listed twice')
})

test('C3: constants have data, and only they', () => {
  expect(breaks('C3', withBuffer(0, { data: [1, 2, 3, 4] }))).toContain('of role input but has data')
  const { offset: _, ...state } = copy.buffers[0]!
  const constants = [{ ...state, role: 'constant' as const }, copy.buffers[1]!]
  expect(breaks('C3', { ...copy, inputs: [], buffers: constants })).toContain('has no data')
  const short = [{ ...constants[0]!, data: [1] }, copy.buffers[1]!]
  expect(breaks('C3', { ...copy, inputs: [], buffers: short })).toContain('1 data for 4 elements')
})

test('C4: offsets are aligned and inside the arena', () => {
  expect(breaks('C4', withBuffer(1, { offset: 72 }))).toContain('its offset is 72')
  expect(breaks('C4', withBuffer(1, { offset: 128 }))).toContain('ends at byte 144 of an arena of 128')
  expect(breaks('C4', { ...withBuffer(0, { role: 'state' }), inputs: [], states: [0] })).toContain('of role state')
})

test('C5: inputs and constants are not written', () => {
  expect(breaks('C5', { ...copy, kernels: [loop([4], storeTo(0, axisIndex(0), element))] })).toContain('writes input0')
})

test('C6: extents, sizes and bounds are counts', () => {
  expect(breaks('C6', storing(element, axisIndex(0), [-1]))).toContain('extent -1')
  expect(breaks('C6', withBuffer(0, { size: 2.5 }))).toContain('its size is 2.5')
  const conditions = [{ index: axisIndex(0), low: 0, high: Infinity }]
  expect(
    breaks('C6', storing({ kind: 'guard', conditions, value: element, otherwise: 0, dtype: 'float32' })),
  ).toContain('condition 0 <= … < Infinity')
})

test('C7: only axes of the step are used', () => {
  expect(breaks('C7', storing(loadScalar(0, axisIndex(1), 'float32')))).toContain('uses axis 1 of 1')
})

test('C8: the operands of a contraction keep to their groups and its stores add no axes', () => {
  expect(breaks('C8', contracting({ left: loadScalar(0, affine(3, 1), 'float32') }))).toContain('left: uses axis j')
  expect(breaks('C8', contracting({ right: loadScalar(1, affine(1), 'float32') }))).toContain('right: uses axis i')
  const stores = [storeTo(3, affine(4, 1), constantScalar(0, 'float32'), [1])]
  expect(breaks('C8', contracting({ stores }))).toContain('store 0 has extents [1]')
})

test('C9: terms have distinct atoms and integer strides, divisors are positive, look-ups are int32', () => {
  const axis = { kind: 'axis', axis: 0 } as const
  const terms = (...strides: readonly number[]): Index => ({
    constant: 0,
    terms: strides.map((stride) => ({ stride, atom: axis })),
  })
  expect(breaks('C9', storing(loadScalar(0, terms(0), 'float32')))).toContain('stride 0')
  expect(breaks('C9', storing(loadScalar(0, terms(0.5), 'float32')))).toContain('stride 0.5')
  expect(breaks('C9', storing(loadScalar(0, terms(1, 2), 'float32')))).toContain('the same axis in two terms')
  const division = { kind: 'quotient', dividend: axisIndex(0), divisor: 0 } as const
  const divided: Index = { constant: 0, terms: [{ stride: 1, atom: division }] }
  expect(breaks('C9', storing(loadScalar(0, divided, 'float32')))).toContain('quotient by 0')
  expect(breaks('C9', storing(loadScalar(0, lookUp(element, 4), 'float32')))).toContain('an index of float32')
})

test('C10: a result belongs to an earlier reduction and has its dtype', () => {
  expect(breaks('C10', storing({ kind: 'result', step: 0, dtype: 'float32' }))).toContain('uses result 0')
  expect(breaks('C10', summing(element, 1, 'float32'))).toContain('uses result 1')
  expect(breaks('C10', summing({ kind: 'result', step: 0, dtype: 'float32' }, 0, 'float32'))).toContain(
    'step 0 (reduce)',
  )
  expect(breaks('C10', summing(element, 0, 'int32'))).toContain('which is float32, as int32')
  expect(breaks('C10', contracting({ left: { kind: 'result', step: 0, dtype: 'float32' } }))).toContain('left: uses')
})

test('C11: loads and stores have the dtype of their buffers', () => {
  expect(breaks('C11', storing(loadScalar(0, axisIndex(0), 'int32')))).toContain('loads int32 from input0 of float32')
  expect(breaks('C11', storing(constantScalar(1, 'float64')))).toContain('writes float64 to output1 of float32')
})

describe('C12: operations', () => {
  const [float, int, bool] = (['float32', 'int32', 'bool'] as const).map((dtype) => constantScalar(1, dtype)) as [
    Scalar,
    Scalar,
    Scalar,
  ]
  test.each([
    ['add of float32, int32 as float32', applyScalar('add', [float, int])],
    ['add of bool, bool as bool', applyScalar('add', [bool, bool])],
    ['exp of int32 as int32', applyScalar('exp', [int])],
    ['and of float32, float32 as float32', applyScalar('and', [float, float])],
    ['add of float32 as float32', applyScalar('add', [float])],
    ['less of float32, int32 as bool', applyScalar('less', [float, int])],
    ['less of float32, float32 as float32', applyScalar('less', [float, float], 'float32')],
    ['select of float32, float32, float32 as float32', applyScalar('select', [float, float, float])],
    ['select of bool, float32, int32 as float32', applyScalar('select', [bool, float, int])],
    ['negate of float32 as int32', applyScalar('negate', [float], 'int32')],
  ])('%s is refused', (text, value) => {
    const stored = value.dtype === 'float32' ? value : applyScalar('cast', [value], 'float32')
    expect(breaks('C12', storing(stored))).toContain(text)
  })

  test('a guard has the dtype of its value', () => {
    expect(
      breaks('C12', storing({ kind: 'guard', conditions: [], value: int, otherwise: 0, dtype: 'float32' })),
    ).toContain('guard of float32 around int32')
  })
})

test('C13: sums are of numbers, and both operands of a contraction have one dtype', () => {
  expect(breaks('C13', summing(applyScalar('less', [element, element]), 0, 'bool'))).toContain('add of bool')
  expect(breaks('C13', contracting({ right: constantScalar(1, 'float64') }))).toContain('float32 with float64')
  const flag = constantScalar(1, 'bool')
  expect(breaks('C13', contracting({ left: flag, right: flag, stores: [] }))).toContain('contraction of bool')
})

test('C14: constants are values of their dtype', () => {
  const cast = (value: number, dtype: DType): Program =>
    storing(applyScalar('cast', [constantScalar(value, dtype)], 'float32'))
  expect(breaks('C14', cast(0.5, 'int32'))).toContain('0.5 is not a value of int32')
  expect(breaks('C14', cast(256, 'uint8'))).toContain('256')
  expect(breaks('C14', cast(2, 'bool'))).toContain('2 is not a value of bool')
  const guard: Scalar = {
    kind: 'guard',
    conditions: [],
    value: constantScalar(1, 'uint8'),
    otherwise: -1,
    dtype: 'uint8',
  }
  expect(breaks('C14', storing(applyScalar('cast', [guard], 'float32')))).toContain('-1 is not a value of uint8')
})

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
    expect(breaks('C19', chain(0, 0, 1, 2))).toContain(
      'input0 (from the start to kernel 0) and t1 (from kernel 0 to kernel 1) share bytes 0 … 64',
    )
    expect(breaks('C19', chain(0, 1, 2, 2))).toContain('output3 (from kernel 2 to the end)')
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
