import type { DType, TypedArray } from '../dtype.ts'
import { ShapeError, showShape } from '../errors.ts'
import type { NestedArray } from '../print.ts'
import { nest, printTensor } from '../print.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { IndexingMethods } from './indexing.ts'

/** Values as plain numbers and as text. Bools read as 0 and 1. */
export abstract class ReadingMethods<S extends Shape, D extends DType> extends IndexingMethods<S, D> {
  static {
    // What Node's console shows. A method under a computed name cannot be declared with isolatedDeclarations.
    const inspect = Symbol.for('nodejs.util.inspect.custom')
    Object.defineProperty(ReadingMethods.prototype, inspect, { value: ReadingMethods.prototype.toString })
  }

  /**
   * The only element.
   * @throws ShapeError if there is not exactly one.
   */
  async item(this: Tensor): Promise<number> {
    this.checkSingle()
    return (await this.data())[0]!
  }

  /**
   * `item` at once.
   * @throws Error if the installed evaluator can only be awaited.
   */
  itemSync(this: Tensor): number {
    this.checkSingle()
    return this.dataSync()[0]!
  }

  /** The elements in lists nested as deep as there are axes; a number for a scalar. */
  async toArray<S extends Shape>(this: Tensor<S>): Promise<NestedArray<S>> {
    return nested(this.shape, await this.data())
  }

  /**
   * `toArray` at once.
   * @throws Error if the installed evaluator can only be awaited.
   */
  toArraySync<S extends Shape>(this: Tensor<S>): NestedArray<S> {
    return nested(this.shape, this.dataSync())
  }

  /** Shape, dtype and, if they are known already, values; of more than 1000 only the outer ones. */
  override toString(): string {
    return printTensor(this.shape, this.dtype, this.realized)
  }

  private checkSingle(): void {
    if (this.size === 1) return
    throw new ShapeError(
      `item: a tensor of shape ${showShape(this.shape)} has ${this.size} elements, not one. Use toArray() or data()?`,
    )
  }
}

function nested<S extends Shape>(shape: S, data: TypedArray): NestedArray<S> {
  return nest(shape, data) as NestedArray<S>
}
