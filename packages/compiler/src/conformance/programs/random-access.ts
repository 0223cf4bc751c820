// Random places to read that lie inside a buffer, by all the means that indices have.

import { addIndex, axisIndex, type Condition, constantScalar, type Index, type Scalar } from '../../kernel/index.ts'
import type { ReadableBuffer, Scope } from './scope.ts'

/** Loads a random element of a buffer for each point. */
export function randomLoad(scope: Scope, source: ReadableBuffer): Scalar {
  const { random, write } = scope
  const { buffer, size } = source
  const load = (index: Index): Scalar => write.load(buffer, index)
  const form = random.integer(0, 11)
  if (form === 0) return load(atom('remainder', anywhere(scope), size))
  if (form === 1) {
    const divisor = random.integer(2, 5)
    return load(atom('quotient', inside(scope, size * divisor), divisor))
  }
  if (form <= 3) return guardedLoad(scope, source)
  if (form === 4) return load(looked(scope, size) ?? inside(scope, size))
  return load(inside(scope, size))
}

/** An affine index below `size`. */
function inside({ random, extents, axes }: Scope, size: number): Index {
  let room = size - 1
  let index: Index = { constant: 0, terms: [] }
  // The usual case: the last axis is contiguous and the others follow.
  const isRowMajor = random.chance(0.5)
  let natural = 1
  for (const axis of isRowMajor ? [...axes].reverse() : random.shuffled(axes)) {
    const steps = Math.max(0, extents[axis]! - 1)
    const longest = steps === 0 ? 3 : Math.floor(room / steps)
    const stride = isRowMajor ? natural : random.pick([0, 1, 2, longest, random.integer(0, longest)])
    natural *= extents[axis]!
    if (stride > longest) continue
    room -= stride * steps
    const isBackwards = random.chance(0.15)
    index = addIndex(index, axisIndex(axis, isBackwards ? -stride : stride))
    if (isBackwards) index = { ...index, constant: index.constant + stride * steps }
  }
  return { ...index, constant: index.constant + random.integer(0, random.chance(0.5) ? 0 : room) }
}

/** An affine index of either sign. */
function anywhere({ random, axes }: Scope): Index {
  const start: Index = { constant: random.integer(-12, 12), terms: [] }
  return axes.reduce((index, axis) => addIndex(index, axisIndex(axis, random.integer(-4, 9))), start)
}

/** A load whose index leaves the buffer where the guard's condition does not hold. */
function guardedLoad(scope: Scope, { buffer, size, dtype }: ReadableBuffer): Scalar {
  const { random, write } = scope
  const index = anywhere(scope)
  const dilation = random.chance(0.3) ? random.integer(2, 3) : 1
  const condition: Condition = {
    index,
    low: 0,
    high: (size - 1) * dilation + 1,
    ...(dilation > 1 ? { divisor: dilation } : {}),
  }
  const value = write.load(buffer, dilation > 1 ? atom('quotient', index, dilation) : index)
  const otherwise = dtype === 'bool' ? random.integer(0, 1) : random.integer(0, 3)
  return { kind: 'guard', conditions: [condition], value, otherwise, dtype }
}

/** An index below `size` that is read from a buffer, if there is one to read from. */
function looked(scope: Scope, size: number): Index | undefined {
  const { random, write, buffers } = scope
  const sources = buffers.filter(({ dtype, isExact }) => dtype === 'int32' && isExact)
  if (sources.length === 0) return undefined
  const source = random.pick(sources)
  const number = write.load(source.buffer, inside(scope, source.size))
  const value: Scalar = {
    kind: 'apply',
    op: 'remainder',
    operands: [number, constantScalar(size, 'int32')],
    dtype: 'int32',
  }
  const fault = write.fault('conformance: {value} is out of range.')
  return { constant: 0, terms: [{ stride: 1, atom: { kind: 'value', value, size, fault } }] }
}

/** Any index below `size`: affine, a remainder, or read from a buffer. */
export function randomPlace(scope: Scope, size: number): Index {
  const found = scope.random.chance(0.6) ? looked(scope, size) : undefined
  return found ?? (scope.random.chance(0.5) ? inside(scope, size) : atom('remainder', anywhere(scope), size))
}

function atom(kind: 'quotient' | 'remainder', dividend: Index, divisor: number): Index {
  return { constant: 0, terms: [{ stride: 1, atom: { kind, dividend, divisor } }] }
}
