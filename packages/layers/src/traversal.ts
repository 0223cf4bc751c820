// The walk that makes registration unnecessary: a module's variables and flags are found in its fields.

import { Flag, Tensor, Variable } from '@neurite/tensor'

/** A variable or flag, and the fields that lead to it from the module. */
export interface Leaf {
  readonly path: readonly string[]
  readonly cell: Variable | Flag
}

/**
 * Every variable and flag of a module, in the order of its fields.
 *
 * Fields are own enumerable properties; arrays, sets, maps and plain objects are entered like modules. Functions and #private
 * fields are not looked into. What is shared appears once for every path; what contains itself is not entered again.
 */
export function* leavesOf(module: object): Generator<Leaf> {
  yield* walk(module, [], [])
}

function* walk(value: unknown, path: readonly string[], enclosing: readonly object[]): Generator<Leaf> {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Variable || value instanceof Flag) {
    yield { path, cell: value }
    return
  }
  if (value instanceof Tensor || ArrayBuffer.isView(value) || enclosing.includes(value)) return
  const within = [...enclosing, value]
  for (const [name, field] of fieldsOf(value)) yield* walk(field, [...path, name], within)
}

function* fieldsOf(value: object): Generator<readonly [name: string, field: unknown]> {
  if (value instanceof Map) {
    for (const [key, field] of value) yield [String(key), field]
  } else if (Array.isArray(value) || value instanceof Set) {
    let position = 0
    for (const field of value) yield [String(position++), field]
  } else {
    for (const [name, field] of Object.entries(value)) yield [toSnakeCase(name), field]
  }
}

/** PyTorch's spelling of a field's name: `runningMean` is saved as `running_mean`, `weightHhL0` as `weight_hh_l0`. */
function toSnakeCase(name: string): string {
  return /^[a-z]/.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name
}
