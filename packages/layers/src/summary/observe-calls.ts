import { Tensor } from '@neurite/tensor'
import type { Module } from '../module.ts'

/** A call of a module's `forward`. */
export interface Call {
  readonly module: Module
  readonly inputs: readonly Tensor[]
  readonly outputs: readonly Tensor[]
}

/**
 * The calls of the modules' `forward` while `run` runs, in the order in which they begin. The methods are shadowed meanwhile, and
 * are as before at the end, also if `run` throws.
 */
export function observeCalls(modules: Iterable<Module>, run: () => void): readonly Call[] {
  const calls: Call[] = []
  const restorations = [...modules].map((module) => {
    const own = Object.getOwnPropertyDescriptor(module, 'forward')
    const { forward } = module
    const observed = (...given: unknown[]): unknown => {
      const place = calls.push({ module, inputs: tensorsIn(given), outputs: [] }) - 1
      const result: unknown = Reflect.apply(forward, module, given)
      calls[place] = { ...calls[place]!, outputs: tensorsIn(result) }
      return result
    }
    Object.defineProperty(module, 'forward', { value: observed, configurable: true, enumerable: false })
    return () => {
      if (own === undefined) Reflect.deleteProperty(module, 'forward')
      else Object.defineProperty(module, 'forward', own)
    }
  })
  try {
    run()
  } finally {
    for (const restore of restorations.reverse()) restore()
  }
  return calls
}

function tensorsIn(value: unknown): readonly Tensor[] {
  if (value instanceof Tensor) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tensorsIn) : []
}
