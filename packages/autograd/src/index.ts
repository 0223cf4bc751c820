// @neurite/autograd: gradients as graph to graph transformations, one rule per primitive. In reading order:

export { gradients } from './gradients.ts'
export { hessianVectorProduct } from './hessian-vector-product.ts'
export type { ValueAndTangent } from './jvp.ts'
export { jvp } from './jvp.ts'
export { stopGradient } from './stop-gradient.ts'
export type { GradientsBy, Target, Targets } from './targets.ts'
export type { ValueAndGradients } from './value-and-gradients.ts'
export { valueAndGradients } from './value-and-gradients.ts'
export { vjp } from './vjp.ts'

// --- Checking. ---

export type { CheckGradientsOptions, GradientReport } from './checking/check-gradients.ts'
export { checkGradients } from './checking/check-gradients.ts'
export type { GradientEntry } from './checking/gradient-error.ts'
export { GradientError } from './checking/gradient-error.ts'
