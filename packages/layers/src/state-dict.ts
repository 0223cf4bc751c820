import { ShapeError, sameShape, showShape, type Tensor, type Variable } from '@neurite/tensor'
import { namedVariables } from './parameters.ts'

/** Tensors by name, as PyTorch's `state_dict()` has them and safetensors files hold them. */
export type StateDict = Readonly<Record<string, Tensor>> | ReadonlyMap<string, Tensor>

/** Names that a module and a state dict do not have in common. */
export interface StateDictDifference {
  /** In the module, but not in the state dict. */
  readonly missing: readonly string[]
  /** In the state dict, but not in the module. */
  readonly unexpected: readonly string[]
}

/** The present values of a module's parameters and buffers, under PyTorch's names; a shared variable under each of its names. */
export function stateDict(module: object): Record<string, Tensor> {
  return Object.fromEntries([...namedVariables(module)].map(([name, variable]) => [name, variable.value]))
}

/**
 * Assigns saved values to the variables of a module, and says which names did not match.
 *
 * Values are cast to the dtype of their variable; of a shared variable one name is enough. Where anything is wrong, nothing is assigned.
 * @param options `strict` (default true): names that do not match are an error.
 * @throws Error naming what is missing and unexpected; ShapeError naming the shapes found and asked for.
 */
export function loadStateDict(
  module: object,
  state: StateDict,
  options: { readonly strict?: boolean } = {},
): StateDictDifference {
  const { strict = true } = options
  const variables = namedVariables(module)
  const values = new Map<string, Tensor>(state instanceof Map ? state : Object.entries(state))
  const difference = compareNames(variables, values)
  if (strict) checkNames(difference)
  checkShapes(variables, values)
  for (const [name, variable] of variables) {
    const value = values.get(name)
    if (value !== undefined) variable.assign(value.cast(variable.dtype))
  }
  return difference
}

function compareNames(
  variables: ReadonlyMap<string, Variable>,
  values: ReadonlyMap<string, Tensor>,
): StateDictDifference {
  const given = new Set([...variables].flatMap(([name, variable]) => (values.has(name) ? [variable] : [])))
  return {
    missing: [...variables].flatMap(([name, variable]) => (given.has(variable) ? [] : [name])),
    unexpected: [...values.keys()].filter((name) => !variables.has(name)),
  }
}

function checkNames({ missing, unexpected }: StateDictDifference): void {
  if (missing.length === 0 && unexpected.length === 0) return
  const faults = [
    ...(missing.length > 0 ? [`missing from the state dict: ${missing.join(', ')}`] : []),
    ...(unexpected.length > 0 ? [`unknown to the module: ${unexpected.join(', ')}`] : []),
  ]
  throw new Error(
    `loadStateDict: ${faults.join('; ')}. Another architecture? With { strict: false } only common names load.`,
  )
}

function checkShapes(variables: ReadonlyMap<string, Variable>, values: ReadonlyMap<string, Tensor>): void {
  const faults = [...variables].flatMap(([name, { shape }]) => {
    const found = values.get(name)?.shape ?? shape
    return sameShape(found, shape) ? [] : [`${name} is ${showShape(found)}, the module's ${showShape(shape)}`]
  })
  if (faults.length > 0)
    throw new ShapeError(`loadStateDict: shapes differ: ${faults.join('; ')}. Another architecture?`)
}
