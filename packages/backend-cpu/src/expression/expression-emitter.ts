import type { DType, Scalar, ScalarOp } from '@neurite/compiler/kernel'
import type { ProgramModule } from '../program/program-module.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { AtomNames } from './atom-names.ts'
import { castScalar, castVector } from './casts.ts'
import { pushConstant, pushSplatConstant, splat } from './constants.ts'
import { type Bits, bit, type Facts } from './facts.ts'
import { holdsEverywhere, pushGuard, pushVectorGuard } from './guard-emission.ts'
import { pushSum } from './index-emission.ts'
import { pushLaneIndices, pushLoad, pushVectorLoad } from './load-emission.ts'
import { scalarOperation, singleRoutine } from './scalar-operations.ts'
import { Scopes } from './scopes.ts'
import { hasLanes, valueTypeOf } from './value-types.ts'
import { inlineVectorFunction, isInlineable, vectorFunction } from './vector-functions.ts'
import { vectorOperation, vectorShift } from './vector-operations.ts'
import type { LaneMask, ResultLocals, VectorPosition } from './vector-position.ts'

export interface EmitterOptions {
  /** Write elementary functions in place instead of calling them: faster in long loops, more code. */
  readonly inlineFunctions?: boolean
}

/**
 * Writes expressions: for one point (`scalar`) or for four neighbouring points along an axis (`vector`).
 *
 * The caller writes the loops. It calls `bind` with the counter of each axis when it enters the axis's loop and `unbind` when it leaves,
 * and may call `hoist` (see hoist.ts) inside a loop to compute there what the loops further inside do not change. Shared nodes are
 * computed once per scope.
 */
export class ExpressionEmitter {
  readonly program: ProgramModule
  readonly code: FunctionWriter
  readonly facts: Facts
  readonly scopes: Scopes
  readonly #options: EmitterOptions
  readonly #counters = new Map<number, Local>()
  readonly #results = new Map<number, ResultLocals>()
  /** Names for what indices divide and look up. */
  readonly atomNames: AtomNames = new AtomNames()
  #boundAxes: Bits = 0
  #knownSteps: Bits = 0
  #position: VectorPosition | undefined
  /** The axis of the vector position, if there is one. */
  #vectorAxes: Bits = 0
  /** Inside a guard whose conditions vary from lane to lane. */
  mask: LaneMask | undefined

  constructor(program: ProgramModule, code: FunctionWriter, facts: Facts, options: EmitterOptions = {}) {
    this.program = program
    this.code = code
    this.facts = facts
    this.scopes = new Scopes(code)
    this.#options = options
  }

  /** An emitter of the same kernel's expressions for another function. */
  inFunction(code: FunctionWriter): ExpressionEmitter {
    return new ExpressionEmitter(this.program, code, this.facts, this.#options)
  }

  // --- where the code being written stands ---

  /** From here on an axis's counter is in a local. */
  bind(axis: number, counter: Local): void {
    this.scopes.push()
    this.#counters.set(axis, counter)
    this.#boundAxes |= bit(axis)
  }

  /** Leaves the loop that was entered last. */
  unbind(axis: number): void {
    this.scopes.pop()
    this.#counters.delete(axis)
    this.#boundAxes &= ~bit(axis)
  }

  setResult(step: number, locals: ResultLocals): void {
    this.#results.set(step, locals)
    this.#knownSteps |= bit(step)
  }

  /** Where `vector` computes; its axis must be bound then. Undefined: there are no vectors. */
  setPosition(position: VectorPosition | undefined): void {
    this.#position = position
    this.#vectorAxes = position === undefined ? 0 : bit(position.axis)
  }

  get vectorPosition(): VectorPosition {
    if (this.#position === undefined) throw new Error('ExpressionEmitter: there is no vector axis.')
    return this.#position
  }

  get hasPosition(): boolean {
    return this.#position !== undefined
  }

  counterOf(axis: number): Local {
    const counter = this.#counters.get(axis)
    if (counter === undefined) throw new Error(`ExpressionEmitter: axis ${axis} has no counter here.`)
    return counter
  }

  /** The axes that have counters, in the order of their loops. */
  get boundAxes(): number[] {
    return [...this.#counters.keys()]
  }

  isBound(axes: Bits, steps: Bits): boolean {
    return (axes & ~this.#boundAxes) === 0 && (steps & ~this.#knownSteps) === 0
  }

  /** Whether what depends on these axes differs from lane to lane. */
  varies(axes: Bits): boolean {
    return (axes & this.#vectorAxes) !== 0
  }

  isVarying(node: Scalar): boolean {
    return (this.facts.axesOf(node) & this.#vectorAxes) !== 0
  }

  /** Computes a value into a local of the current scope, unless it is in one: for one point, or in the lanes of a vector. */
  compute(node: Scalar, asVector: boolean): void {
    if (!asVector) {
      if (node.kind === 'result' || this.scopes.find('scalars', node) !== undefined) return
      this.#pushScalar(node)
      this.scopes.keep('scalars', node, valueTypeOf[node.dtype])
    } else if (this.isVarying(node)) {
      const { chunk } = this.vectorPosition
      if (node.kind === 'result' || this.scopes.findVector(node, chunk) !== undefined) return
      this.#pushVector(node)
      this.scopes.keepVector(node, chunk)
    } else if (this.scopes.find('splats', node) === undefined) {
      this.scalar(node)
      splat(this.code, node.dtype)
      this.scopes.keep('splats', node, 'v128')
    }
  }

  // --- one point ---

  /** Pushes an expression's value at the current point, in the value type of its dtype. */
  scalar(node: Scalar): void {
    const known = this.scopes.find('scalars', node)
    if (known !== undefined) {
      this.code.get(known)
      return
    }
    this.#pushScalar(node)
    if (this.facts.isShared(node)) this.code.get(this.scopes.keep('scalars', node, valueTypeOf[node.dtype]))
  }

  #pushScalar(node: Scalar): void {
    switch (node.kind) {
      case 'constant':
        pushConstant(this.code, node.value, node.dtype)
        break
      case 'index':
        pushSum(this, { owner: node, index: node.index })
        castScalar(this.code, 'int32', node.dtype)
        break
      case 'load':
        pushLoad(this, node)
        break
      case 'apply':
        this.#applyScalar(node)
        break
      case 'guard':
        pushGuard(this, node, valueTypeOf[node.dtype], {
          value: () => this.scalar(node.value),
          otherwise: () => pushConstant(this.code, node.otherwise, node.dtype),
        })
        break
      case 'result':
        this.code.get(this.#scalarResult(node.step))
    }
  }

  #applyScalar({ op, operands, dtype }: Scalar & { readonly kind: 'apply' }): void {
    if (op === 'select') {
      const [condition, a, b] = operands
      for (const operand of [a!, b!, condition!]) this.scalar(operand)
      this.code.emit(opcode.select)
      return
    }
    for (const operand of operands) this.scalar(operand)
    const from = operands[0]!.dtype
    if (op === 'cast') castScalar(this.code, from, dtype)
    else if (this.#isExpOfNegative(op, operands)) this.code.call(singleRoutine(this.program, 'expOfNegative'))
    else scalarOperation(op, from)(this.code, this.program)
  }

  #scalarResult(step: number): Local {
    const result = this.#results.get(step)
    if (result === undefined || !('scalar' in result))
      throw new Error(`ExpressionEmitter: step ${step} has no single result here.`)
    return result.scalar
  }

  // --- four points ---

  /** Pushes an expression's values at the four points of the vector position; of a dtype with lanes. */
  vector(node: Scalar): void {
    if (!this.isVarying(node)) {
      this.splat(node)
      return
    }
    const { chunk } = this.vectorPosition
    const known = this.scopes.findVector(node, chunk)
    if (known !== undefined) {
      this.code.get(known)
      return
    }
    this.#pushVector(node)
    if (this.facts.isShared(node)) this.code.get(this.scopes.keepVector(node, chunk))
  }

  /** Pushes four times the value of an expression that is the same in all lanes. */
  splat(node: Scalar): void {
    const known = this.scopes.find('splats', node)
    if (known !== undefined) {
      this.code.get(known)
      return
    }
    if (node.kind === 'constant') {
      pushSplatConstant(this.code, node.value, node.dtype)
      return
    }
    this.scalar(node)
    splat(this.code, node.dtype)
    if (this.facts.isShared(node)) this.code.get(this.scopes.keep('splats', node, 'v128'))
  }

  #pushVector(node: Scalar): void {
    switch (node.kind) {
      case 'constant':
        throw new Error('ExpressionEmitter: a constant does not vary.')
      case 'index':
        pushLaneIndices(this, node)
        castVector(this.code, 'int32', laneDType(node.dtype))
        break
      case 'load':
        pushVectorLoad(this, node)
        break
      case 'apply':
        this.#applyVector(node)
        break
      case 'guard':
        this.#guardVector(node)
        break
      case 'result': {
        const result = this.#results.get(node.step)
        if (result === undefined || !('vectors' in result))
          throw new Error(`ExpressionEmitter: step ${node.step} has no vectors here.`)
        this.code.get(result.vectors[this.vectorPosition.chunk]!)
      }
    }
  }

  #guardVector(node: Scalar & { readonly kind: 'guard' }): void {
    const value = (): void => this.vector(node.value)
    const otherwise = (): void => pushSplatConstant(this.code, node.otherwise, node.dtype)
    if (holdsEverywhere(this, node)) pushGuard(this, node, 'v128', { value, otherwise })
    else pushVectorGuard(this, node, { value, otherwise })
  }

  #applyVector({ op, operands, dtype }: Scalar & { readonly kind: 'apply' }): void {
    const { code } = this
    const { 0: a, 1: b, 2: c } = operands
    const from = laneDType(a!.dtype)
    switch (op) {
      case 'select':
        for (const operand of [b!, c!, a!]) this.vector(operand)
        code.emit(opcode.v128_bitselect)
        return
      case 'cast':
        this.vector(a!)
        castVector(code, from, laneDType(dtype))
        return
      case 'shiftLeft':
      case 'shiftRightLogical':
        if (this.isVarying(b!)) break
        this.vector(a!)
        this.scalar(b!)
        vectorShift(op, from as 'int32' | 'uint8')(code, this.program)
        return
      case 'maximum':
      case 'minimum':
        if (from === 'float32' && (isNumber(a!) || isNumber(b!))) {
          // One instruction instead of many: it gives its first operand if that is NaN, which the constant is not.
          for (const operand of isNumber(b!) ? [a!, b!] : [b!, a!]) this.vector(operand)
          code.emit(op === 'maximum' ? opcode.f32x4_pmax : opcode.f32x4_pmin)
          return
        }
    }
    for (const operand of operands) this.vector(operand)
    const name = this.#isExpOfNegative(op, operands) ? 'expOfNegative' : op
    if (this.#options.inlineFunctions && isInlineable(name)) inlineVectorFunction(code, this.program, name)
    else if (name === 'expOfNegative') code.call(vectorFunction(this.program, name))
    else vectorOperation(name, from)(code, this.program)
  }

  #isExpOfNegative(op: ScalarOp, [operand]: readonly Scalar[]): boolean {
    return op === 'exp' && operand!.dtype === 'float32' && this.facts.isNeverPositive(operand!)
  }
}

function isNumber(node: Scalar): boolean {
  return node.kind === 'constant' && !Number.isNaN(node.value)
}

function laneDType(dtype: DType): Exclude<DType, 'float64'> {
  if (!hasLanes(dtype)) throw new Error('ExpressionEmitter: four lanes do not hold float64.')
  return dtype
}
