// The walk that makes registration unnecessary: a module's variables, flags and sub-modules are found in its fields.

import { Flag, Tensor, Variable } from '@neurite/tensor'
import type { Module } from './module.ts'

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
  for (const { path, value } of walk(module, [], []))
    if (value instanceof Variable || value instanceof Flag) yield { path, cell: value }
}

/** A module inside of another, or that itself with an empty path. */
export interface Part {
  readonly path: readonly string[]
  readonly module: Module
}

/** Every module of a module, that itself first; what is shared appears once for every path. */
export function* partsOf(module: object): Generator<Part> {
  for (const { path, value } of walk(module, [], [])) if (isModule(value)) yield { path, module: value }
}

function isModule(value: object): value is Module {
  return typeof (value as Partial<Module>).forward === 'function'
}

function* walk(
  value: unknown,
  path: readonly string[],
  enclosing: readonly object[],
): Generator<{ readonly path: readonly string[]; readonly value: object }> {
  if (typeof value !== 'object' || value === null || enclosing.includes(value)) return
  if (value instanceof Tensor || ArrayBuffer.isView(value)) return
  yield { path, value }
  if (value instanceof Variable || value instanceof Flag) return
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
