// What can be in the arguments and results of an exported step: what JSON can tell another program.

import type { Structure } from '@neurite/tensor'

/** @throws Error if the structure holds anything but tensors, plain values, and lists, records and maps of them */
export function checkPortable(structure: Structure, path: string): void {
  switch (structure.kind) {
    case 'tensor':
      return
    case 'fixed':
      if (structure.value !== undefined) checkPlain(structure.value, path)
      return
    case 'map':
      for (const key of structure.keys) checkPlain(key, `a key of ${path}`)
  }
  for (const [i, item] of structure.items.entries()) checkPortable(item, path + stepTo(structure, i))
}

function stepTo(structure: Structure, item: number): string {
  if (structure.kind === 'record') return `.${structure.names[item]}`
  return structure.kind === 'map' ? `.get(${JSON.stringify(structure.keys[item])})` : `[${item}]`
}

function checkPlain(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return
  throw new Error(
    `export: ${path} is ${kindOf(value)}, which another program cannot be given. Take it out of the arguments and results, for ` +
      'example into a closure: tensors, finite numbers, strings, booleans, null, undefined, and lists, records and maps of them can stay.',
  )
}

function kindOf(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  return typeof value === 'object' ? `an object (${value?.constructor?.name ?? 'without a class'})` : String(value)
}
