// Variables that compiled programs use live in the backend's memory.

import { sizeOf, type Variable } from '@neurite/tensor'
import type { Backend, StateBuffer } from '../kernel/index.ts'

const homes = new WeakMap<object, Backend>()

/** The variable's memory in a backend; the variable moves there if it lives elsewhere. */
export function residentState(variable: Variable, backend: Backend): StateBuffer {
  const present = variable.resident
  if (present !== undefined && homes.get(present) === backend) return present as StateBuffer
  const state = backend.createState(variable.dtype, sizeOf(variable.shape))
  homes.set(state, backend)
  variable.moveTo(state)
  return state
}
