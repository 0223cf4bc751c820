// What gradients are taken by: tensors and variables, in a list, a record or a map. Gradients come in the same structure.

import { type DType, DTypeError, isFloating, type Shape, Tensor, Variable } from '@neurite/tensor'

/** A variable stands for its present value. */
export type Target = Tensor | Variable

/** Targets in order, or by name. */
export type Targets = readonly Target[] | ReadonlyMap<string, Target> | { readonly [name: string]: Target }

type GradientBy<T> =
  T extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<S, D>
    : T extends Variable<infer S extends Shape, infer D extends DType>
      ? Tensor<S, D>
      : never

/** One gradient for each target, of its shape and dtype, in the same structure. */
export type GradientsBy<Of extends Targets> =
  Of extends ReadonlyMap<infer Name, infer T>
    ? ReadonlyMap<Name, GradientBy<T>>
    : { [Name in keyof Of]: GradientBy<Of[Name]> }

/** The targets in a list, and how a list of gradients takes their structure. */
export interface FlatTargets<Of extends Targets> {
  readonly targets: readonly Target[]
  readonly tensors: readonly Tensor[]
  restore(gradients: readonly Tensor[]): GradientsBy<Of>
}

/** @throws DTypeError if a target has no gradients, being of integers or bools. */
export function flattenTargets<const Of extends Targets>(operation: string, of: Of): FlatTargets<Of> {
  const names = of instanceof Map ? [...of.keys()] : Object.keys(of)
  const targets: Target[] = of instanceof Map ? [...of.values()] : Object.values(of)
  const tensors = targets.map((target, i) => tensorOf(operation, target, names[i]!))
  return {
    targets,
    tensors,
    restore: (gradients) => {
      if (Array.isArray(of)) return gradients as GradientsBy<Of>
      const entries = names.map((name, i) => [name, gradients[i]!] as const)
      return (of instanceof Map ? new Map(entries) : Object.fromEntries(entries)) as GradientsBy<Of>
    },
  }
}

function tensorOf(operation: string, target: Target, name: string): Tensor {
  const tensor: unknown = target instanceof Variable ? target.value : target
  if (!(tensor instanceof Tensor))
    throw new TypeError(
      `${operation}: "${name}" is neither a Tensor nor a Variable. Put what gradients are taken by into a list: [x].`,
    )
  if (!isFloating(tensor.dtype))
    throw new DTypeError(
      `${operation}: "${name}" is ${tensor.dtype}; only floats have gradients. Cast to float32 and build the loss from that?`,
    )
  return tensor
}
