// Every operation on every dtype, with the values where operations differ, and over the range of its arguments.

import {
  applyScalar,
  constantScalar,
  type DType,
  dtypesOfScalarOp,
  type Scalar,
  type ScalarOp,
  scalarOpArity,
  storeTo,
} from '../../kernel/index.ts'
import { specialValues } from '../case-data.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { seededRandom } from '../random.ts'
import { isFloat } from '../tolerance.ts'
import { affine, loopKernel, writeCase } from '../write-case.ts'

const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const

export function scalarOperationCases(): readonly ConformanceCase[] {
  const operations = Object.keys(scalarOpArity) as ScalarOp[]
  return operations
    .filter((op) => op !== 'cast')
    .flatMap((op) => dtypesOfScalarOp[op].flatMap((dtype) => casesOf(op, dtype)))
}

function casesOf(op: ScalarOp, dtype: DType): readonly ConformanceCase[] {
  const special = specialValues[dtype]
  const title = `${op} of ${dtype}`
  switch (scalarOpArity[op]) {
    case 1:
      return isFloat(dtype)
        ? [
            applicationCase(title, op, dtype, [special]),
            applicationCase(`${title}, all magnitudes`, op, dtype, [sweep(dtype)]),
          ]
        : [applicationCase(title, op, dtype, [special])]
    case 2:
      return [
        applicationCase(title, op, dtype, allPairs(special)),
        ...special.filter((_, i) => i % 5 === 0).map((value) => constantOperandCase(op, dtype, value)),
      ]
    case 3:
      return [applicationCase(title, op, dtype, allPairs(special))]
  }
}

function applicationCase(
  title: string,
  op: ScalarOp,
  dtype: DType,
  operands: readonly (readonly number[])[],
): ConformanceCase {
  return writeCase(
    title,
    (write) => {
      const count = operands[0]!.length
      const loaded = operands.map((values) => write.load(write.given(dtype, values), affine([1])))
      const condition = op === 'select' ? [write.load(write.input('bool', count), affine([1]))] : []
      const value = applyScalar(op, [...condition, ...loaded])
      return loopKernel([count], storeTo(write.output(value.dtype, count), affine([1]), value))
    },
    { runs: 1 },
  )
}

/** Backends make other code when an operand is constant. */
function constantOperandCase(op: ScalarOp, dtype: DType, value: number): ConformanceCase {
  return writeCase(
    `${op} of ${dtype} and the constant ${Object.is(value, -0) ? '-0' : value}`,
    (write) => {
      const values = specialValues[dtype]
      const element = write.load(write.given(dtype, values), affine([1]))
      const constant = constantScalar(value, dtype)
      const after = applyScalar(op, [element, constant])
      const before = applyScalar(op, [constant, element])
      return loopKernel(
        [values.length],
        storeTo(write.output(after.dtype, values.length), affine([1]), after),
        storeTo(write.output(before.dtype, values.length), affine([1]), before),
      )
    },
    { runs: 1 },
  )
}

/** Every special value cast from every dtype to every other, and random ones. */
export function castCases(): readonly ConformanceCase[] {
  return dtypes.flatMap((from) =>
    dtypes.map((to) =>
      writeCase(
        `cast of ${from} to ${to}`,
        (write) => {
          const values = isFloat(from) ? [...specialValues[from], ...sweep(from)] : specialValues[from]
          const cast = (value: Scalar): Scalar => applyScalar('cast', [value], to)
          const count = values.length
          const given = cast(write.load(write.given(from, values), affine([1])))
          const known = write.output(to, specialValues[from].length)
          const constants = specialValues[from].map((value, i) =>
            storeTo(known, affine([], i), cast(constantScalar(value, from))),
          )
          return [
            loopKernel([count], storeTo(write.output(to, count), affine([1]), given)),
            loopKernel([], ...constants),
          ]
        },
        { runs: 1 },
      ),
    ),
  )
}

function allPairs(values: readonly number[]): readonly (readonly number[])[] {
  return [values.flatMap((value) => values.map(() => value)), values.flatMap(() => values)]
}

/** Numbers of either sign: evenly over a few ranges, and of all magnitudes. */
function sweep(dtype: 'float32' | 'float64'): readonly number[] {
  const random = seededRandom(1)
  const largest = dtype === 'float32' ? 128 : 1024
  const even = [1, 10, 100].flatMap((range) => Array.from({ length: 400 }, (_, i) => range * (i / 200 - 1)))
  const magnitudes = Array.from(
    { length: 800 },
    () => (random.chance(0.5) ? 1 : -1) * 2 ** ((2 * random.fraction() - 1) * largest),
  )
  return [...even, ...magnitudes, 0.3]
}
