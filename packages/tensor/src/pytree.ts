// Tensors inside lists, records and maps: what compiled functions and loops take and return.

import type { DType } from './dtype.ts'
import { type Shape, sameShape } from './shape.ts'
import { Tensor } from './tensor.ts'

/** A nested value with its tensors taken out. What is neither a tensor nor a plain container is kept as it is. */
export type Structure =
  | { readonly kind: 'tensor'; readonly shape: Shape; readonly dtype: DType }
  | { readonly kind: 'fixed'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Structure[] }
  | { readonly kind: 'record'; readonly names: readonly string[]; readonly items: readonly Structure[] }
  | { readonly kind: 'map'; readonly keys: readonly unknown[]; readonly items: readonly Structure[] }

/** The structure of `value`; its tensors are added to `tensors` in order. */
export function takeApart(value: unknown, tensors: Tensor[]): Structure {
  if (value instanceof Tensor) {
    tensors.push(value)
    return { kind: 'tensor', shape: value.shape, dtype: value.dtype }
  }
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => takeApart(item, tensors)) }
  if (value instanceof Map)
    return {
      kind: 'map',
      keys: [...value.keys()],
      items: [...value.values()].map((item) => takeApart(item, tensors)),
    }
  if (isRecord(value))
    return {
      kind: 'record',
      names: Object.keys(value),
      items: Object.values(value).map((item) => takeApart(item, tensors)),
    }
  return { kind: 'fixed', value }
}

/** The value with this structure that has the tensors given by `next`, in order. */
export function putTogether(structure: Structure, next: () => Tensor): unknown {
  switch (structure.kind) {
    case 'tensor':
      return next()
    case 'fixed':
      return structure.value
    case 'list':
      return structure.items.map((item) => putTogether(item, next))
    case 'record':
      return Object.fromEntries(structure.items.map((item, i) => [structure.names[i]!, putTogether(item, next)]))
    case 'map':
      return new Map(structure.items.map((item, i) => [structure.keys[i], putTogether(item, next)]))
  }
}

/** Whether `value` has the structure; if so its tensors have been added to `tensors` in order. */
export function matches(structure: Structure, value: unknown, tensors: Tensor[]): boolean {
  switch (structure.kind) {
    case 'tensor':
      if (!(value instanceof Tensor) || value.dtype !== structure.dtype || !sameShape(value.shape, structure.shape))
        return false
      tensors.push(value)
      return true
    case 'fixed':
      return Object.is(value, structure.value)
    case 'list':
      return (
        Array.isArray(value) &&
        value.length === structure.items.length &&
        structure.items.every((item, i) => matches(item, value[i], tensors))
      )
    case 'record': {
      if (!isRecord(value) || value instanceof Tensor) return false
      const names = Object.keys(value)
      return (
        names.length === structure.names.length &&
        structure.items.every((item, i) => names[i] === structure.names[i] && matches(item, value[names[i]!], tensors))
      )
    }
    case 'map': {
      if (!(value instanceof Map) || value.size !== structure.keys.length) return false
      const keys = [...value.keys()]
      return structure.items.every(
        (item, i) => Object.is(keys[i], structure.keys[i]) && matches(item, value.get(keys[i]), tensors),
      )
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
