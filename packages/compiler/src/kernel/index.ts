// The kernel IR, for backend authors: what a program is, and the tools to write, check, print, cost and run one.

// --- machines ---
export type { Backend, Executable, StateBuffer } from './backend.ts'
// --- tools ---
export { collapseAxes } from './collapse-axes.ts'
export { type Constraint, constraints, KernelError } from './constraints.ts'
export { costOf, costOfProgram, type KernelCost } from './cost.ts'
export { printKernel, printProgram } from './print.ts'
export { type ProgramWriter, storeTo, writeProgram } from './program-writer.ts'
export { validate } from './validate.ts'
