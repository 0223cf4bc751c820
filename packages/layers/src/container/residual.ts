import {
  type DType,
  type Fits,
  type ResultShape,
  type Shape,
  ShapeError,
  sameShape,
  showShape,
  type Tensor,
} from '@neurite/tensor'
import type { Module } from '../module.ts'
import type { Shaped, ShapeFunction, ShapeThrough } from '../shape-function.ts'
import { applyStage, checkStage, type Stage } from './stage.ts'

interface ResidualShapes<Body extends Stage> extends ShapeFunction {
  readonly output: this['input'] extends infer S extends Shape ? ShapeThrough<Body, S> : never
}

/**
 * Adds what goes past a part of a net to what comes out of it, so that deep nets learn what to change (He et al. 2016).
 *
 *     y = body(x) + shortcut(x)
 *
 * The shortcut is the identity unless given, such as a 1 × 1 convolution where the body changes the shape.
 * Parameters are named "body.…" and "shortcut.…".
 */
export class Residual<const Body extends Stage = Stage> implements Module, Shaped<ResidualShapes<Body>> {
  declare readonly shapes?: ResidualShapes<Body>
  readonly body: Body
  readonly shortcut: Stage | undefined

  /** @throws TypeError if one is neither a module nor a function. */
  constructor(body: Body, shortcut?: Stage) {
    checkStage('Residual', 'body', body)
    if (shortcut !== undefined) checkStage('Residual', 'shortcut', shortcut)
    this.body = body
    this.shortcut = shortcut
  }

  /** @throws ShapeError if body and shortcut give different shapes. */
  forward<S extends Shape, D extends DType>(
    x: Tensor<S, D> & Fits<ShapeThrough<Body, S>>,
  ): Tensor<ResultShape<ShapeThrough<Body, S>>> {
    const y = applyStage(this.body, x)
    const passed: Tensor = this.shortcut === undefined ? x : applyStage(this.shortcut, x)
    if (!sameShape(y.shape, passed.shape))
      throw new ShapeError(
        `Residual: the body gives ${showShape(y.shape)}, the shortcut ${showShape(passed.shape)}. Give a shortcut that maps to the same?`,
      )
    return y.add(passed)
  }
}
