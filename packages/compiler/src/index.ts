// @neurite/compiler: from graphs of tensors to programs of kernels, and the machines that run them.

export { type Compiled, compile } from './compile/compile.ts'
export { explain } from './explain/explain.ts'
export type { ExportedStep } from './export/export-step.ts'
export { type Backend, referenceBackend } from './kernel/index.ts'
export { createEvaluator } from './runtime/evaluator.ts'
export { installedBackend, useBackend } from './runtime/installed-backend.ts'
