import { collapseAxes, cutAtGuards, type Kernel, splitDividedAxes } from '../kernel/index.ts'

/** The kernel over as few axes as describe it without divisions, and where that pays without guards; several kernels where that takes them. */
export function tidied(kernel: Kernel): Kernel[] {
  return (kernel.kind === 'loop' ? splitDividedAxes(kernel).flatMap(cutAtGuards) : [kernel]).map(collapseAxes)
}
