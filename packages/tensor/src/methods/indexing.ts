import type { DType } from '../dtype.ts'
import { isFloating } from '../dtype.ts'
import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import { normalizeAxis, stridesOf } from '../shape.ts'
import type { Append, Take } from '../shape-types/indexing.ts'
import type { Fits, ResultShape } from '../shape-types/mismatch.ts'
import type { Reduce } from '../shape-types/reduction.ts'
import type { Tensor } from '../tensor.ts'
import { ContractionMethods } from './contraction.ts'

/** Elements chosen by indices that are data themselves. Indices are integers in [0, size); others are an error when the value is computed. */
export abstract class IndexingMethods<S extends Shape, D extends DType> extends ContractionMethods<S, D> {
  /** Whole positions of an axis: axis `axis` is replaced by the axes of `indices`. */
  take<S extends Shape, D extends DType, I extends Shape, Axis extends number>(
    this: Tensor<S, D>,
    indices: Tensor<I>,
    axis: Axis & Fits<Take<S, I, Axis>>,
  ): Tensor<ResultShape<Take<S, I, Axis>>, D> {
    return this.bind('gather', [this, indices.asIndices('take')], { axis: normalizeAxis('take', axis, this.rank) })
  }

  /**
   * One element per index: result[…, i, …] = this[…, indices[…, i, …], …].
   * @throws ShapeError if `indices` has another rank, or is longer than this along another axis.
   */
  takeAlongAxis<S extends Shape, D extends DType, I extends Shape, Axis extends number>(
    this: Tensor<S, D>,
    indices: Tensor<I>,
    axis: Axis & Fits<Reduce<S, Axis>>,
  ): Tensor<I, D> {
    const shape: Shape = this.shape
    const at = normalizeAxis('takeAlongAxis', axis, shape.length)
    const chosen: Shape = indices.shape
    if (chosen.length !== shape.length || chosen.some((length, i) => i !== at && length > shape[i]!))
      throw new ShapeError(
        `takeAlongAxis: indices ${showShape(chosen)} do not fit ${showShape(shape)}: ` +
          `they need ${shape.length} axes, none but axis ${at} longer than the tensor's.`,
      )
    const strides = stridesOf(shape)
    const along: Tensor = indices.asIndices('takeAlongAxis')
    let position: Tensor = along.multiply(strides[at]!)
    for (let other = 0; other < shape.length; other++) {
      if (other === at || chosen[other] === 1) continue
      const steps: Tensor = this.bind('iota', [], { shape: chosen, dtype: 'int32', axis: other })
      position = position.add(steps.multiply(strides[other]!))
    }
    // An index beyond its axis would otherwise be a good one of the flattened tensor.
    const isValid: Tensor = along.greaterEqual(0).and(along.less(shape[at]!))
    return (this as Tensor).flatten().take(isValid.choose(position, -1), 0)
  }

  /** 1 at the position that each index names, 0 elsewhere, along a new last axis of `classes`; all 0 for an index outside. */
  oneHot<S extends Shape, Classes extends number, E extends DType = 'float32'>(
    this: Tensor<S>,
    classes: Classes,
    dtype?: E,
  ): Tensor<Append<S, Classes>, NoInfer<E>> {
    const indices = this.asIndices('oneHot')
    const positions = this.bind('iota', [], { shape: [classes], dtype: 'int32', axis: 0 })
    return indices
      .unsqueeze(-1)
      .equal(positions)
      .cast((dtype ?? 'float32') as E)
  }

  private asIndices(this: Tensor, operation: string): Tensor {
    if (isFloating(this.dtype) || this.dtype === 'bool')
      throw new DTypeError(`${operation}: indices must be integers, not ${this.dtype}. Cast them to int32?`)
    return this.cast('int32')
  }
}
