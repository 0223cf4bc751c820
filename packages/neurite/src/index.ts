// neurite: the pieces together. Everything that a program needs comes from here, and runs compiled on the CPU backend.

import { cpuBackend } from '@neurite/backend-cpu'
import { useBackend } from '@neurite/compiler'

// What `@neurite/backend-cpu/install` does, without a module more to load.
useBackend(cpuBackend())

export * from '@neurite/autograd'
export { cpuBackend, getThreads, setThreads } from '@neurite/backend-cpu'
export {
  type Backend,
  type Compiled,
  compile,
  type ExportedStep,
  explain,
  referenceBackend,
  useBackend,
} from '@neurite/compiler'
export * from '@neurite/data'
// Its name is taken by the tensors' function.
export { split as splitDataset } from '@neurite/data'
export * from '@neurite/layers'
// Where two packages use a name, the one that programs mean.
export { evaluate, Flatten, type MaxoutOptions } from '@neurite/layers'
export * from '@neurite/losses'
export * from '@neurite/optimizers'
export * from '@neurite/safetensors'
export * from '@neurite/tensor'
export { split } from '@neurite/tensor'
export * from '@neurite/training'
