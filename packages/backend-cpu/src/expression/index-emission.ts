// Indices and addresses as i32 arithmetic. What inner loops do not change is computed outside of them, term by term.

import { bytesPerElement, type Index, type IndexAtom, type IndexTerm, type Scalar } from '@neurite/compiler/kernel'
import type { Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { ExpressionEmitter } from './expression-emitter.ts'
import { type Bits, bit } from './facts.ts'

/** An index as it is computed: `owner` is what it belongs to, for instance a load, and names the parts computed outside. */
export interface Sum {
  readonly owner: object
  readonly index: Index
  /** Counts bytes from the first element of this buffer instead of elements from 0. */
  readonly buffer?: number
}

/** The address of what is loaded or stored. */
export function addressSum(place: { readonly buffer: number; readonly index: Index }): Sum {
  return { owner: place, index: place.index, buffer: place.buffer }
}

/**
 * Pushes a sum at the current point; along the vector axis, at the counter (so without the chunk's offset).
 * Terms that are not affine along the vector axis must not be in it: see `laneSums`.
 */
export function pushSum(emitter: ExpressionEmitter, sum: Sum): void {
  pushTerms(emitter, sum, allTerms)
}

/** Computes what can be computed of a sum at the current point into a local, if more than before. */
export function hoistSum(emitter: ExpressionEmitter, sum: Sum): void {
  const { terms, constant } = sum.index
  const done = emitter.scopes.findSum(sum.owner)?.terms
  if (done === (1 << terms.length) - 1) return
  const isAffine = vectorStride(emitter, sum.index) !== undefined
  let now = done ?? 0
  for (let place = 0; place < terms.length; place++)
    if ((now & (1 << place)) === 0 && isComputable(emitter, terms[place]!.atom, isAffine)) now |= bit(place)
  if (now === (done ?? (sum.buffer === undefined && constant === 0 ? 0 : -1))) return
  pushTerms(emitter, sum, now)
  emitter.scopes.keepSum(sum.owner, now)
}

function isComputable(emitter: ExpressionEmitter, atom: IndexAtom, isAffine: boolean): boolean {
  const { facts } = emitter
  // Most are axes; the constructor of the facts has seen to it that there are no more than a set holds.
  if (atom.kind === 'axis') return emitter.isBound(1 << atom.axis, 0) && (isAffine || !emitter.varies(1 << atom.axis))
  const axes = facts.axesOfAtom(atom)
  return emitter.isBound(axes, facts.stepsOfAtom(atom)) && !emitter.varies(axes)
}

const allTerms: Bits = -1

/** Pushes the constant and the chosen terms (bit n: the n-th), beginning with what is in a local already. */
function pushTerms(
  emitter: ExpressionEmitter,
  { owner, index, buffer }: Sum,
  chosen: Bits,
  pushTerm: (emitter: ExpressionEmitter, term: IndexTerm, factor: number) => void = pushTermAtPoint,
): void {
  const { code } = emitter
  const { terms, constant } = index
  const bytes = bytesOf(emitter, buffer)
  const done = emitter.scopes.findSum(owner)
  let isEmpty = true
  if (done !== undefined) {
    code.get(done.local)
    isEmpty = false
  } else {
    if (buffer !== undefined) {
      emitter.program.pushAddress(code, buffer)
      isEmpty = false
    }
    if (constant !== 0) {
      code.i32(constant * bytes)
      if (!isEmpty) code.emit(opcode.i32_add)
      isEmpty = false
    }
  }
  const missing = chosen & ~(done?.terms ?? 0)
  for (let place = 0; place < terms.length; place++) {
    if ((missing & (1 << place)) === 0) continue
    const term = terms[place]!
    pushTerm(emitter, term, term.stride * bytes)
    if (!isEmpty) code.emit(opcode.i32_add)
    isEmpty = false
  }
  if (isEmpty) code.i32(0)
}

function bytesOf({ program }: ExpressionEmitter, buffer: number | undefined): number {
  return buffer === undefined ? 1 : bytesPerElement[program.buffers[buffer]!.dtype]
}

function pushTermAtPoint(emitter: ExpressionEmitter, { atom }: IndexTerm, factor: number): void {
  if (atom.kind === 'axis') pushCounter(emitter, atom.axis, factor)
  else {
    pushAtom(emitter, atom)
    multiply(emitter, factor)
  }
}

/** Pushes a multiple of an axis's counter. */
function pushCounter(emitter: ExpressionEmitter, axis: number, factor: number): void {
  const { code, scopes } = emitter
  const counter = emitter.counterOf(axis)
  if (factor === 1) {
    code.get(counter)
    return
  }
  const key = `${factor} axis ${axis}`
  const known = scopes.findIndex(key)
  if (known !== undefined) {
    code.get(known)
    return
  }
  code.get(counter)
  multiply(emitter, factor)
  code.get(scopes.keepIndex(key))
}

function multiply({ code }: ExpressionEmitter, factor: number): void {
  if (factor === 1) return
  const shift = Math.log2(factor)
  code.i32(Number.isInteger(shift) ? shift : factor)
  code.emit(Number.isInteger(shift) ? opcode.i32_shl : opcode.i32_mul)
}

/** Pushes a quotient, a remainder or a looked-up index, which does not vary along the vector axis. */
function pushAtom(emitter: ExpressionEmitter, atom: Exclude<IndexAtom, { readonly kind: 'axis' }>): void {
  const key = emitter.atomNames.of(atom)
  const known = emitter.scopes.findIndex(key)
  if (known !== undefined) {
    emitter.code.get(known)
    return
  }
  if (atom.kind === 'value') {
    emitter.scalar(atom.value)
    checkLookUp(emitter, atom.size, atom.fault)
  } else {
    pushSum(emitter, { owner: atom, index: atom.dividend })
    divide(emitter, atom)
  }
  emitter.code.get(emitter.scopes.keepIndex(key))
}

/** An index on the stack that is not in [0, size) becomes 0 and is reported. */
function checkLookUp({ code, program }: ExpressionEmitter, size: number, fault: number): void {
  const index = code.local('i32')
  code.tee(index)
  code.i32(size)
  code.emit(opcode.i32_lt_u)
  code.if(
    () => code.get(index),
    () => {
      code.i32(fault)
      code.get(index)
      code.call(program.faultRoutine())
    },
    'i32',
  )
  code.release(index)
}

/** A dividend on the stack becomes its quotient or remainder; both round towards minus infinity. */
function divide(
  { code, facts }: ExpressionEmitter,
  {
    kind,
    dividend,
    divisor,
  }: { readonly kind: 'quotient' | 'remainder'; readonly dividend: Index; readonly divisor: number },
): void {
  const shift = Math.log2(divisor)
  if (Number.isInteger(shift)) {
    code.i32(kind === 'quotient' ? shift : divisor - 1)
    code.emit(kind === 'quotient' ? opcode.i32_shr_s : opcode.i32_and)
    return
  }
  if (facts.isNatural(dividend)) {
    code.i32(divisor)
    code.emit(kind === 'quotient' ? opcode.i32_div_u : opcode.i32_rem_u)
    return
  }
  const value = code.keep('i32')
  const rest = code.local('i32')
  // A negative rest: one divisor more, and one less in the quotient.
  if (kind === 'quotient') {
    code.get(value)
    code.i32(divisor)
    code.emit(opcode.i32_div_s)
  }
  code.get(value)
  code.i32(divisor)
  code.emit(opcode.i32_rem_s)
  code.tee(rest)
  if (kind === 'remainder') code.get(rest)
  code.i32(31)
  code.emit(opcode.i32_shr_s)
  if (kind === 'remainder') {
    code.i32(divisor)
    code.emit(opcode.i32_and)
  }
  code.emit(opcode.i32_add)
  code.release(value)
  code.release(rest)
}

/** How an index moves along the vector axis: its stride, or undefined where quotients, remainders or look-ups move. */
export function vectorStride(emitter: ExpressionEmitter, index: Index): number | undefined {
  if (!emitter.hasPosition) return 0
  const { terms } = index
  const { axis } = emitter.vectorPosition
  let stride = 0
  for (let place = 0; place < terms.length; place++) {
    const { atom, stride: own } = terms[place]!
    if (atom.kind === 'axis') stride += atom.axis === axis ? own : 0
    else if (emitter.varies(emitter.facts.axesOfAtom(atom))) return undefined
  }
  return stride
}

/** Pushes a sum lane by lane, of any index. What it looks up along the vector axis is looked up before the first lane. */
export function laneSums(emitter: ExpressionEmitter, sum: Sum): (lane: number) => void {
  const stride = vectorStride(emitter, sum.index)
  // The part computed outside may have the counter of the vector axis in it already.
  if (stride !== undefined) {
    return (lane) => {
      pushSum(emitter, sum)
      emitter.code.i32((emitter.vectorPosition.offset + lane) * stride * bytesOf(emitter, sum.buffer))
      emitter.code.emit(opcode.i32_add)
    }
  }
  const lookedUp = new Map<Scalar, Local>()
  const prepare = (index: Index): void => {
    for (const { atom } of index.terms) {
      if (atom.kind === 'axis' || !emitter.varies(emitter.facts.axesOfAtom(atom))) continue
      if (atom.kind !== 'value') prepare(atom.dividend)
      else if (!lookedUp.has(atom.value)) {
        emitter.vector(atom.value)
        const local = emitter.scopes.local('v128')
        emitter.code.set(local)
        lookedUp.set(atom.value, local)
      }
    }
  }
  prepare(sum.index)

  const pushAt = (part: Sum, lane: number): void =>
    pushTerms(emitter, part, allTerms, (_, term, factor) => pushTermAtLane(term, factor, lane))
  const pushTermAtLane = (term: IndexTerm, factor: number, lane: number): void => {
    const { atom } = term
    const { code } = emitter
    if (!emitter.varies(emitter.facts.axesOfAtom(atom))) {
      pushTermAtPoint(emitter, term, factor)
      return
    }
    switch (atom.kind) {
      case 'axis': {
        code.get(emitter.counterOf(atom.axis))
        const offset = emitter.vectorPosition.offset + lane
        if (offset !== 0) {
          code.i32(offset)
          code.emit(opcode.i32_add)
        }
        break
      }
      case 'value':
        code.get(lookedUp.get(atom.value)!)
        code.lane(opcode.i32x4_extract_lane, lane)
        checkLookUp(emitter, atom.size, atom.fault)
        break
      case 'quotient':
      case 'remainder':
        pushAt({ owner: atom, index: atom.dividend }, lane)
        divide(emitter, atom)
    }
    multiply(emitter, factor)
  }
  return (lane) => pushAt(sum, lane)
}
