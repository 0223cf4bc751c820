// What every tensor is: a primitive applied to tensors, with its type, and its value once somebody has asked for it.

import { noteCreation } from './creation-watch.ts'
import type { ArrayOf, DType, TypedArray } from './dtype.ts'
import { evaluate, evaluateSync } from './evaluation.ts'
import type { PrimitiveName, Primitives } from './primitive.ts'
import { shapeRules } from './primitives/index.ts'
import type { Shape } from './shape.ts'
import { sizeOf } from './shape.ts'
import type { Tensor } from './tensor.ts'

/** Where a tensor's value can be fetched although no evaluator computes it: the memory of a variable. */
export interface ValueSource {
  read(): Promise<TypedArray>
  readSync?(): TypedArray
}

export abstract class TensorNode<S extends Shape, D extends DType> {
  #primitive: PrimitiveName
  #inputs: readonly Tensor[]
  #attributes: Primitives[PrimitiveName]
  readonly shape: S
  readonly dtype: D
  #realized: TypedArray | undefined
  #source: ValueSource | undefined

  /** @internal Tensors are made by `tensor`, `zeros`, … and by operations. */
  constructor(
    primitive: PrimitiveName,
    inputs: readonly Tensor[],
    attributes: Primitives[PrimitiveName],
    shape: S,
    dtype: D,
  ) {
    this.#primitive = primitive
    this.#inputs = inputs
    this.#attributes = attributes
    this.shape = shape
    this.dtype = dtype
    noteCreation(this)
  }

  /** What the tensor is made by, or `input` for data that is given. */
  get primitive(): PrimitiveName {
    return this.#primitive
  }

  get inputs(): readonly Tensor[] {
    return this.#inputs
  }

  get attributes(): Primitives[PrimitiveName] {
    return this.#attributes
  }

  /** Number of axes. */
  get rank(): number {
    return this.shape.length
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape)
  }

  /** The elements, row-major. The array belongs to the tensor: copy it before writing to it. */
  async data<D extends DType>(this: Tensor<Shape, D>): Promise<ArrayOf<D>> {
    if (this.realized === undefined) await evaluate([this])
    return this.realized as ArrayOf<D>
  }

  /**
   * `data` at once.
   * @throws Error if the installed evaluator can only be awaited.
   */
  dataSync<D extends DType>(this: Tensor<Shape, D>): ArrayOf<D> {
    if (this.realized === undefined) evaluateSync([this])
    return this.realized as ArrayOf<D>
  }

  /** @internal The value, if it is known already. */
  get realized(): TypedArray | undefined {
    return this.#realized
  }

  /** @internal Makes the value known. */
  realize(data: TypedArray): void {
    this.#realized = data
    this.#source = undefined
  }

  /** @internal Makes the value known for good: what it was made of is forgotten, so that steps do not pile up behind it. */
  becomeLeaf(data: TypedArray): void {
    this.realize(data)
    this.#primitive = 'input'
    this.#inputs = []
    this.#attributes = { shape: this.shape, dtype: this.dtype }
  }

  /** @internal Makes the value known to be fetchable. */
  realizeFrom(source: ValueSource): void {
    this.#source = source
  }

  /** @internal */
  async fetchSource(): Promise<void> {
    if (this.#source !== undefined) this.realize(await this.#source.read())
  }

  /** @internal */
  fetchSourceSync(): void {
    if (this.#source === undefined) return
    if (this.#source.readSync === undefined)
      throw new Error('This value lives where it can only be awaited: use `await tensor.data()`.')
    this.realize(this.#source.readSync())
  }

  /** @internal True where nothing must be computed: the value is known or can be fetched. */
  get isLeaf(): boolean {
    return this.#realized !== undefined || this.#source !== undefined || this.primitive === 'input'
  }

  /** @internal A new tensor: a primitive applied to tensors that fit it. */
  protected bind<P extends PrimitiveName>(primitive: P, inputs: readonly Tensor[], attributes: Primitives[P]): Tensor {
    const { shape, dtype } = shapeRules[primitive](inputs, attributes)
    // The class by way of the instance: importing Tensor here would be a cycle.
    const TensorClass = this.constructor as typeof Tensor
    return new TensorClass(primitive, inputs, attributes, shape, dtype)
  }
}
