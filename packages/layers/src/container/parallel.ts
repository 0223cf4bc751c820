import { concatenate, type Tensor } from '@neurite/tensor'
import type { Module } from '../module.ts'
import { applyStage, checkStage, type Stage } from './stage.ts'

export interface ParallelOptions {
  /** How results become one: along an axis ('concatenate', the default), or their sum, mean or largest elements. */
  readonly join?: 'concatenate' | 'sum' | 'mean' | 'max'
  /** The axis that is joined, default 1: features, or channels. */
  readonly axis?: number
}

type Join = (results: readonly Tensor[], axis: number) => Tensor

const sum: Join = (results) => results.reduce((total, result) => total.add(result))
const joins: Readonly<Record<NonNullable<ParallelOptions['join']>, Join>> = {
  concatenate: (results, axis) => concatenate(results, axis),
  sum,
  mean: (results, axis) => sum(results, axis).divide(results.length),
  max: (results) => results.reduce((largest, result) => largest.maximum(result)),
}

/**
 * Branches that all get the same input, and whose results are joined, as in an Inception block (Szegedy et al. 2015).
 *
 * Its branches are its fields 0, 1, 2, …: their parameters are named "0.weight".
 */
export class Parallel implements Module {
  readonly [position: number]: Stage
  readonly length: number
  readonly join: NonNullable<ParallelOptions['join']>
  readonly axis: number

  /** @throws TypeError if a branch is neither a module nor a function, RangeError if there is none or no such way to join. */
  constructor(branches: readonly Stage[], options: ParallelOptions = {}) {
    const { join = 'concatenate', axis = 1 } = options
    if (branches.length === 0) throw new RangeError('Parallel: there are no branches.')
    if (!Object.hasOwn(joins, join))
      throw new RangeError(`Parallel: join is '${join}'; it must be one of ${Object.keys(joins).join(', ')}.`)
    branches.forEach((branch, position) => {
      checkStage('Parallel', `branch ${position}`, branch)
    })
    this.length = branches.length
    this.join = join
    this.axis = axis
    Object.assign(this, branches)
  }

  /** @throws ShapeError if the results cannot be joined. */
  forward(x: Tensor): Tensor {
    const results = Array.from<Stage>(this).map((branch) => applyStage(branch, x))
    return joins[this.join](results, this.axis)
  }
}
