// Whether loads and stores stay inside their buffers.

import type { Violation } from './constraints.ts'
import { type Condition, type Index, rangeOfIndex } from './indexing.ts'
import type { Buffer } from './kernel.ts'
import { findPoint, holdsAt, type Point, valueAt, variablesOf } from './point-search.ts'
import { axisName, bufferName } from './print-expressions.ts'
import type { Scalar } from './scalar.ts'
import { type KernelPart, ownIndices, valuesIn } from './traverse.ts'

/** Rule C15 for one part of a kernel: an access is wrong if some point is found that leaves the buffer while all guards around it hold. */
export function checkBounds(buffers: readonly Buffer[], part: KernelPart, violation: Violation): void {
  const { axes, extents, value, target } = part
  if (axes.some((axis) => extents[axis] === 0)) return

  function checkAccess(access: string, buffer: number, index: Index, conditions: readonly Condition[]): void {
    const { size } = buffers[buffer]!
    const { low, high } = rangeOfIndex(index, extents)
    if (low >= 0 && high < size) return
    const variables = variablesOf([index, ...conditions.map((condition) => condition.index)], extents)
    const point = findPoint(variables, (at) => {
      const element = valueAt(index, at)
      return (element < 0 || element >= size) && conditions.every((condition) => holdsAt(condition, at))
    })
    if (point === undefined) return
    const element = `element ${valueAt(index, point)} of ${bufferName(buffer, buffers)}`
    throw violation('C15', `${access} ${element}, which has ${size}, at ${printPoint(point)}`)
  }

  function visit(scalar: Scalar, conditions: readonly Condition[], seen: Set<Scalar>): void {
    if (seen.has(scalar)) return
    seen.add(scalar)
    for (const looked of ownIndices(scalar).flatMap(valuesIn)) visit(looked, conditions, seen)
    if (scalar.kind === 'load') checkAccess('loads', scalar.buffer, scalar.index, conditions)
    else if (scalar.kind === 'guard') visit(scalar.value, [...conditions, ...scalar.conditions], new Set())
    else if (scalar.kind === 'apply') for (const operand of scalar.operands) visit(operand, conditions, seen)
  }

  const seen = new Set<Scalar>()
  visit(value, [], seen)
  if (target === undefined) return
  for (const looked of valuesIn(target.index)) visit(looked, [], seen)
  checkAccess('writes', target.buffer, target.index, [])
}

function printPoint(point: Point): string {
  const parts = [...point].map(([variable, value]) =>
    typeof variable === 'number' ? `${axisName(variable)} = ${value}` : `an index looked up as ${value}`,
  )
  return `[${parts.join(', ')}]`
}
