import type { DType, Fits, ResultShape, Shape, Tensor } from '@neurite/tensor'
import type { Module } from '../module.ts'
import type { Shaped, ShapeFunction, ShapeThroughAll } from '../shape-function.ts'
import { applyStage, checkStage, type Stage } from './stage.ts'

interface SequentialShapes<Stages extends readonly Stage[]> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? ShapeThroughAll<Stages, S> : never
}

/**
 * Stages one after the other: each takes what the one before gives.
 *
 *     y = stageₙ(… stage₁(stage₀(x)))
 *
 * Its stages are its fields 0, 1, 2, …: `model[0]` is the first one, and its parameters are named "0.weight".
 * Where the stages say what they do to shapes, the type of `forward` follows, and a misfit between two stages does not compile.
 */
export class Sequential<const Stages extends readonly Stage[] = readonly Stage[]>
  implements Module, Shaped<SequentialShapes<Stages>>
{
  declare readonly shapes?: SequentialShapes<Stages>
  readonly [position: number]: Stage
  readonly length: number

  /** @throws TypeError if a stage is neither a module nor a function. */
  constructor(...stages: Stages) {
    stages.forEach((stage, position) => {
      checkStage('Sequential', `stage ${position}`, stage)
    })
    this.length = stages.length
    Object.assign(this, stages)
  }

  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<ShapeThroughAll<Stages, S>>,
  ): Tensor<ResultShape<ShapeThroughAll<Stages, S>>> {
    return Array.from<Stage>(this).reduce<Tensor>((y, stage) => applyStage(stage, y), x)
  }
}
