import { describe, expect, test } from 'vitest'
import {
  breaks,
  contracting,
  contraction,
  copy,
  element,
  lookUp,
  loop,
  storing,
  summing,
  withBuffer,
} from '../test/broken-programs.ts'
import { affine } from '../test/written-programs.ts'
import type { DType } from './dtype.ts'
import { axisIndex, type Index } from './indexing.ts'
import type { Program } from './kernel.ts'
import { storeTo } from './program-writer.ts'
import { applyScalar, constantScalar, loadScalar, type Scalar } from './scalar.ts'
import { validate } from './validate.ts'

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
