// The language's grammar and typing rules, checked: a program that passes may be run by any backend.

import { kernelPlace, type Violation, violationIn } from './constraints.ts'
import { bytesPerElement, type DType } from './dtype.ts'
import type { Buffer, BufferRole, Kernel, Program } from './kernel.ts'
import { bufferName } from './print-expressions.ts'
import { dtypesOfCombine } from './scalar-dtypes.ts'
import { type KernelPart, partsOf } from './traverse.ts'
import { checkBounds } from './validate-bounds.ts'
import { checkExpressions } from './validate-expressions.ts'
import { checkLifetimes, checkOrder } from './validate-order.ts'
import { checkRepeats } from './validate-repeats.ts'
import { checkWrites } from './validate-writes.ts'

/**
 * Checks a program against all `constraints`, as far as they can be decided: bounds under conditions and distinctness of
 * elements are searched for a counterexample, all points if they are few.
 * @throws KernelError that names the kernel, the place in it and the rule broken.
 */
export function validate(program: Program): void {
  checkBuffers(program)
  program.kernels.forEach((kernel, number) => {
    const violation = violationIn(kernelPlace(kernel, number))
    checkExtents(kernel, violation)
    for (const part of partsOf(kernel)) {
      const violationHere = violationIn(`${kernelPlace(kernel, number)}, ${part.place}`)
      checkExpressions(program, kernel, part, violationHere)
      checkDTypes(kernel, part, violationHere)
      checkTarget(program, part, violationHere)
      checkBounds(program.buffers, part, violationHere)
    }
    checkWrites(program.buffers, kernel, violation)
  })
  checkRepeats(program)
  checkOrder(program)
  checkLifetimes(program)
}

function checkBuffers(program: Program): void {
  const { buffers, inputs, outputs, states, arenaBytes } = program
  const violation = violationIn('program')
  for (const [role, listed] of [
    ['input', inputs],
    ['output', outputs],
    ['state', states],
  ] as const) {
    const stray = listed.find((number) => buffers[number]?.role !== role)
    if (stray !== undefined)
      throw violation('C2', `buffer ${stray} is listed as ${role} but is ${buffers[stray]?.role}`)
    const missing = buffers.findIndex((buffer, number) => buffer.role === role && !listed.includes(number))
    if (missing >= 0) throw violation('C2', `${bufferName(missing, buffers)} is not listed`)
    if (role !== 'output' && new Set(listed).size < listed.length)
      throw violation('C2', `a buffer is listed twice as ${role}`)
  }
  buffers.forEach((buffer, number) => {
    checkBuffer(buffer, arenaBytes, violationIn(bufferName(number, buffers)))
  })
}

const livesInArena: { readonly [R in BufferRole]: boolean } = {
  input: true,
  output: true,
  temporary: true,
  state: false,
  constant: false,
  view: false,
}

function checkBuffer({ role, dtype, size, data, offset }: Buffer, arenaBytes: number, violation: Violation): void {
  if (!isCount(size)) throw violation('C6', `its size is ${size}`)
  if ((role === 'constant') !== (data !== undefined))
    throw violation('C3', data === undefined ? 'it has no data' : `it is of role ${role} but has data`)
  if (data !== undefined && data.length !== size)
    throw violation('C3', `it has ${data.length} data for ${size} elements`)
  if (livesInArena[role] !== (offset !== undefined))
    throw violation('C4', `it is of role ${role} and has offset ${offset}`)
  if (offset === undefined) return
  if (!isCount(offset) || offset % 64 !== 0) throw violation('C4', `its offset is ${offset}`)
  const end = offset + size * bytesPerElement[dtype]
  if (end > arenaBytes) throw violation('C4', `it ends at byte ${end} of an arena of ${arenaBytes}`)
}

function checkExtents(kernel: Kernel, violation: Violation): void {
  for (const { extents, place } of partsOf(kernel)) {
    const wrong = extents.find((extent) => !isCount(extent))
    if (wrong !== undefined) throw violation('C6', `${place} has an axis of extent ${wrong}`)
  }
  if (kernel.kind !== 'contraction') return
  const long = kernel.stores.findIndex(({ extents }) => extents.length > 0)
  if (long >= 0) throw violation('C8', `store ${long} has extents [${kernel.stores[long]!.extents.join(', ')}]`)
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function checkDTypes(kernel: Kernel, { kind, step, value }: KernelPart, violation: Violation): void {
  const requireOneOf = (dtypes: readonly DType[], what: string): void => {
    if (!dtypes.includes(value.dtype)) throw violation('C13', `${what} of ${value.dtype}`)
  }
  if (kernel.kind === 'loop') {
    const own = kernel.steps[step]!
    if (own.kind === 'reduce') requireOneOf(dtypesOfCombine[own.combine], own.combine)
  } else if (kernel.kind === 'scatter') requireOneOf(dtypesOfCombine.add, 'scatter')
  else if (kind === 'operand') {
    requireOneOf(dtypesOfCombine.add, 'contraction')
    if (kernel.left.dtype !== kernel.right.dtype)
      throw violation('C13', `contraction of ${kernel.left.dtype} with ${kernel.right.dtype}`)
  }
}

function checkTarget({ buffers }: Program, { target, value }: KernelPart, violation: Violation): void {
  if (target === undefined) return
  const buffer = buffers[target.buffer]
  if (buffer === undefined) throw violation('C1', `writes buffer ${target.buffer} of ${buffers.length}`)
  const name = bufferName(target.buffer, buffers)
  if (buffer.role === 'input' || buffer.role === 'constant') throw violation('C5', `writes ${name}`)
  if (buffer.dtype !== value.dtype) throw violation('C11', `writes ${value.dtype} to ${name} of ${buffer.dtype}`)
}
