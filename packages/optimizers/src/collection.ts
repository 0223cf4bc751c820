import type { Tensor } from '@neurite/tensor'

/** Parameters or gradients: by name, or in order. */
export type Collection<T> = ReadonlyMap<string, T> | Readonly<Record<string, T>> | readonly T[]

/** The values by name; those of a list are named "0", "1", … */
export function byName<T>(collection: Collection<T>): ReadonlyMap<string, T> {
  return new Map(collection instanceof Map ? collection : Object.entries(collection))
}

/** The same collection with other values. */
export function withValues<C extends Collection<Tensor>>(collection: C, change: (value: Tensor) => Tensor): C {
  const changed = [...byName<Tensor>(collection)].map(([name, value]) => [name, change(value)] as const)
  if (collection instanceof Map) return new Map(changed) as unknown as C
  if (Array.isArray(collection)) return changed.map(([, value]) => value) as unknown as C
  return Object.fromEntries(changed) as C
}
