// @neurite/autograd: gradients as graph to graph transformations, one rule per primitive. In reading order:

export { gradients } from './gradients.ts'
export { stopGradient } from './stop-gradient.ts'
export type { GradientsBy, Target, Targets } from './targets.ts'
export type { ValueAndGradients } from './value-and-gradients.ts'
export { valueAndGradients } from './value-and-gradients.ts'
export { vjp } from './vjp.ts'

// --- Forward mode, and derivatives of second order. ---

export type { HessianBy } from './hessian.ts'
export { hessian } from './hessian.ts'
export { hessianVectorProduct } from './hessian-vector-product.ts'
export type { JacobianBy, JacobianOptions } from './jacobian.ts'
export { jacobian } from './jacobian.ts'
export type { ValueAndTangent } from './jvp.ts'
export { jvp } from './jvp.ts'

// --- Many examples at once. ---

export type { ExampleAxes } from './batching/example-axes.ts'
export type { AnySized, VmapOptions } from './vmap.ts'
export { vmap } from './vmap.ts'

// --- Gradients otherwise than by the rules. ---

export { checkpoint } from './checkpoint.ts'
export type { CustomGradientContext } from './custom-gradient.ts'
export { customGradient } from './custom-gradient.ts'

// --- Checking. ---

export type { CheckGradientsOptions, GradientReport } from './checking/check-gradients.ts'
export { checkGradients } from './checking/check-gradients.ts'
export type { FindFirstNaNOptions, NaNOperand } from './checking/find-first-nan.ts'
export { FirstNaN, findFirstNaN } from './checking/find-first-nan.ts'
export type { GradientEntry } from './checking/gradient-error.ts'
export { GradientError } from './checking/gradient-error.ts'
