import { type AnyDType, type AnyShape, type DType, type Shape, Variable } from '@neurite/tensor'
import { leavesOf } from './traversal.ts'

/**
 * A variable that training adjusts. Every other `Variable` of a module is a buffer – a running statistic, a random key –:
 * saved with the module, but not trained.
 */
export class Parameter<S extends Shape = AnyShape, D extends DType = AnyDType> extends Variable<S, D> {}

/**
 * The parameters of a module, its lists and sub-modules by the names that PyTorch gives them: the fields that lead to a
 * parameter, joined with dots, in snake_case ("0.weight", "encoder.self_attention.in_proj_weight").
 *
 * They are found in the fields when this is called: nothing is registered. A parameter that two modules share appears once,
 * under the first of its names. #private fields are not seen.
 * @throws Error if two different parameters have one name.
 */
export function parameters(module: object): ReadonlyMap<string, Parameter> {
  const named = new Map<string, Parameter>()
  const seen = new Set<Variable>()
  for (const [name, variable] of namedVariables(module)) {
    if (!(variable instanceof Parameter) || seen.has(variable)) continue
    seen.add(variable)
    named.set(name, variable)
  }
  return named
}

/**
 * Every variable of a module, parameters and buffers, under each of its names.
 * @throws Error if two different variables have one name.
 */
export function namedVariables(module: object): ReadonlyMap<string, Variable> {
  const named = new Map<string, Variable>()
  for (const { path, cell } of leavesOf(module)) {
    if (!(cell instanceof Variable)) continue
    const name = path.join('.')
    if ((named.get(name) ?? cell) !== cell)
      throw new Error(
        `parameters: two variables are named "${name}". Fields that differ only in camelCase and snake_case?`,
      )
    named.set(name, cell)
  }
  return named
}
