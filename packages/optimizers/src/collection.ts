/** Parameters or gradients: by name, or in order. */
export type Collection<T> = ReadonlyMap<string, T> | Readonly<Record<string, T>> | readonly T[]

/** The values by name; those of a list are named "0", "1", … */
export function byName<T>(collection: Collection<T>): ReadonlyMap<string, T> {
  return new Map(collection instanceof Map ? collection : Object.entries(collection))
}
