import { captureScope } from './capture-scope.ts'
import type { AnyDType, DType, TypedArray } from './dtype.ts'
import { DTypeError, ShapeError, showShape } from './errors.ts'
import { addPendingAssignment, evaluateSync, settlePendingAssignments } from './evaluation.ts'
import type { ValueSource } from './node.ts'
import { type AnyShape, type Shape, sameShape } from './shape.ts'
import { Tensor } from './tensor.ts'

/** A variable's value in the memory of a backend, where compiled programs read and write it in place. */
export interface ResidentValue extends ValueSource {
  write(data: TypedArray): void
  release(): void
}

// Assignments that nobody reads are computed after this many, so that graphs stay small.
const longestPendingChain = 32

/**
 * The one mutable cell: a parameter, an optimizer's moment, a running statistic, a random key.
 *
 * `value` is an immutable tensor and stays what it was when the variable is assigned again. Inside a compiled function reads
 * and assignments become part of the program, which updates the variable in place.
 */
export class Variable<S extends Shape = AnyShape, D extends DType = AnyDType> {
  readonly shape: S
  readonly dtype: D
  // The value on the host, absent while only the backend's memory is up to date.
  #value: Tensor<S, D> | undefined
  #pendingChain = 0
  #resident: ResidentValue | undefined
  #residentIsCurrent = false
  #snapshot: WeakRef<Tensor<S, D>> | undefined

  constructor(initial: Tensor<S, D>) {
    this.shape = initial.shape
    this.dtype = initial.dtype
    this.#value = initial
  }

  get value(): Tensor<S, D> {
    const scope = captureScope()
    return scope === undefined ? this.#read() : (scope.readVariable(this) as Tensor<S, D>)
  }

  /** @throws ShapeError or DTypeError if `next` has another shape or dtype than the variable. */
  assign(next: Tensor<S, D>): void {
    if (!sameShape(next.shape, this.shape))
      throw new ShapeError(
        `assign: a variable of shape ${showShape(this.shape)} cannot take a value of shape ${showShape(next.shape)}.`,
      )
    if (next.dtype !== this.dtype)
      throw new DTypeError(`assign: a ${this.dtype} variable cannot take a ${next.dtype} value. Cast it first?`)
    const scope = captureScope()
    if (scope !== undefined) {
      scope.assignVariable(this, next)
      return
    }
    // A tensor of its own, so that it can forget how it was made once it is known, and `next` need not.
    this.#value = next.realized === undefined ? copyOf(next) : next
    this.#residentIsCurrent = false
    this.#snapshot = undefined
    if (next.realized !== undefined) return
    addPendingAssignment(this)
    if (++this.#pendingChain >= longestPendingChain) settlePendingAssignments()
  }

  /** @internal The assigned value while it has not been computed. */
  get pendingValue(): Tensor | undefined {
    return this.#value?.realized === undefined ? this.#value : undefined
  }

  /** @internal Forgets the graph behind a computed value. */
  settle(value: Tensor): void {
    if (this.#value !== value || value.realized === undefined) return
    value.becomeLeaf(value.realized)
    this.#pendingChain = 0
  }

  /** @internal The backend memory bound to the variable, whether or not it is up to date. */
  get resident(): ResidentValue | undefined {
    return this.#resident
  }

  /** @internal Binds the variable to memory of a backend; the memory before is read back and released. */
  moveTo(resident: ResidentValue): void {
    if (this.#value === undefined) {
      this.#value = this.#read()
      this.#value.fetchSourceSync()
    }
    this.#resident?.release()
    this.#resident = resident
    this.#residentIsCurrent = false
  }

  /** @internal Brings the backend's memory up to date before a program reads it. */
  upload(): void {
    if (this.#residentIsCurrent) return
    evaluateSync([this.#value!])
    this.#resident!.write(this.#value!.realized!)
    this.#residentIsCurrent = true
  }

  /** @internal A program is about to write the backend's memory: whoever holds the present value gets a copy. */
  beforeWrite(): void {
    if (this.#snapshot === undefined) return
    this.#snapshot.deref()?.fetchSourceSync()
    this.#snapshot = undefined
  }

  /** @internal A program has written the backend's memory, which alone is up to date now. */
  afterWrite(): void {
    this.#value = undefined
    this.#residentIsCurrent = true
  }

  #read(): Tensor<S, D> {
    if (this.#value !== undefined) return this.#value
    const known = this.#snapshot?.deref()
    if (known !== undefined) return known
    const snapshot = leaf(this.shape, this.dtype)
    snapshot.realizeFrom(this.#resident!)
    this.#snapshot = new WeakRef(snapshot)
    return snapshot
  }
}

function leaf<S extends Shape, D extends DType>(shape: S, dtype: D): Tensor<S, D> {
  return new Tensor('input', [], { shape, dtype }, shape, dtype)
}

function copyOf<S extends Shape, D extends DType>(tensor: Tensor<S, D>): Tensor<S, D> {
  const { shape, dtype } = tensor
  return new Tensor('reshape', [tensor], { shape }, shape, dtype)
}
