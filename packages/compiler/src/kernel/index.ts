// The kernel IR, for backend authors: what a program is, and the tools to write, check, print, cost and run one.

// --- tools ---
export { placeBuffers, type UnplacedBuffer } from './arena.ts'
// --- machines ---
export type { Backend, DescribedKernel, Executable, ExportedProgram, StartedRun, StateBuffer } from './backend.ts'
export { collapseAxes } from './collapse-axes.ts'
export { type Constraint, constraints, KernelError } from './constraints.ts'
export { costOf, costOfProgram, type KernelCost, roundsOf } from './cost.ts'
export { cutAtGuards } from './cut-at-guards.ts'
// --- the language ---
export { allocateTypedArray, bytesPerElement, type DType, type TypedArray, typedArrayOf } from './dtype.ts'
export { guarded } from './guarded.ts'
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
export { type FaultReport, interpreterOf } from './interpret.ts'
export {
  type Buffer,
  type BufferRole,
  type Combine,
  type ContractionKernel,
  type Fault,
  faultMessage,
  type Kernel,
  type LoopKernel,
  type LoopStep,
  type Program,
  type Reduce,
  type Repeat,
  type ScatterKernel,
  type Store,
  type View,
  viewPosition,
} from './kernel.ts'
export { describeKernels, printKernel, printProgram } from './print.ts'
export { axisName } from './print-expressions.ts'
export { type ProgramWriter, storeTo, writeProgram } from './program-writer.ts'
export { referenceBackend } from './reference-backend.ts'
export { applyScalar, constantScalar, loadScalar, type Scalar, type ScalarOp, scalarOpArity } from './scalar.ts'
export { operation } from './scalar-arithmetic.ts'
export { dtypeOfReduce, dtypesOfCombine, dtypesOfScalarOp } from './scalar-dtypes.ts'
export { splitDividedAxes } from './split-axes.ts'
export { accessesOf, childrenOf, nestedIndices, nodesOf, ownIndices, valuesIn } from './traverse.ts'
export { validate } from './validate.ts'
