// The kernel IR, for backend authors: what a program is, and the tools to check, print, cost and interpret one.

export type { Backend, Executable, StateBuffer } from './backend.ts'
export { allocateTypedArray, bytesPerElement, type DType, type TypedArray, typedArrayOf } from './dtype.ts'
export {
  addIndex,
  axisIndex,
  type Condition,
  constantIndex,
  divideIndex,
  type Index,
  type IndexAtom,
  type IndexTerm,
  rangeOfIndex,
  sameAtom,
  sameIndex,
  scaleIndex,
  zeroIndex,
} from './indexing.ts'
export type {
  Buffer,
  BufferRole,
  Combine,
  ContractionKernel,
  Fault,
  Kernel,
  LoopKernel,
  LoopStep,
  Program,
  Reduce,
  ScatterKernel,
  Store,
} from './kernel.ts'
export { applyScalar, constantScalar, loadScalar, type Scalar, type ScalarOp, scalarOpArity } from './scalar.ts'
