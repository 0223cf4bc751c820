// What gradients are taken by: a tensor or variable, or a list, record or map of them, whose structure the gradients have.

import { type DType, DTypeError, isFloating, type Shape, showValue, Tensor, Variable } from '@neurite/tensor'

/** A variable stands for its present value. */
export type Target = Tensor | Variable

/** One target, or several in order or by name. */
export type Targets = Target | readonly Target[] | ReadonlyMap<string, Target> | { readonly [name: string]: Target }

type GradientBy<T> =
  T extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<S, D>
    : T extends Variable<infer S extends Shape, infer D extends DType>
      ? Tensor<S, D>
      : never

/** One gradient for each target, of its shape and dtype, in the same structure. */
export type GradientsBy<Of extends Targets> = Of extends Target
  ? GradientBy<Of>
  : Of extends ReadonlyMap<infer Name, infer T>
    ? ReadonlyMap<Name, GradientBy<T>>
    : { [Name in keyof Of]: GradientBy<Of[Name]> }

/** The targets in a list, and how a list of gradients takes their structure. */
export interface FlatTargets<Of extends Targets> {
  readonly names: readonly string[]
  readonly tensors: readonly Tensor[]
  restore(gradients: readonly Tensor[]): GradientsBy<Of>
}

/**
 * @throws TypeError if there is something else than tensors and variables among the targets.
 * @throws DTypeError if a target has no gradients, being of integers or bools.
 */
export function flattenTargets<const Of extends Targets>(operation: string, of: Of): FlatTargets<Of> {
  const entries = entriesOf(operation, of)
  const names = entries.map(([name]) => name)
  return {
    names,
    tensors: entries.map(([name, target]) => tensorOf(operation, target, name)),
    restore(gradients) {
      if (isTarget(of)) return gradients[0] as GradientsBy<Of>
      if (Array.isArray(of)) return gradients as GradientsBy<Of>
      const named = names.map((name, i) => [name, gradients[i]!] as const)
      return (of instanceof Map ? new Map(named) : Object.fromEntries(named)) as GradientsBy<Of>
    },
  }
}

function entriesOf(operation: string, of: Targets): readonly (readonly [string, unknown])[] {
  if (isTarget(of)) return [['of', of]]
  if (of instanceof Map) return [...of]
  if (typeof of !== 'object' || of === null)
    throw new TypeError(
      `${operation}: gradients are taken by a tensor or variable, or a list, record or map of them, not by ${of}.`,
    )
  return Object.entries(of)
}

function isTarget(of: unknown): of is Target {
  return of instanceof Tensor || of instanceof Variable
}

function tensorOf(operation: string, target: unknown, name: string): Tensor {
  if (!isTarget(target))
    throw new TypeError(
      `${operation}: the target "${name}" is neither a Tensor nor a Variable, but ${showValue(target)}.`,
    )
  const tensor: Tensor = target instanceof Variable ? target.value : target
  if (!isFloating(tensor.dtype))
    throw new DTypeError(
      `${operation}: the target "${name}" is ${tensor.dtype}; only floats have gradients. ` +
        'Cast it to float32 and build the loss from that?',
    )
  return tensor
}
