import { collapseAxes, type Kernel, splitDividedAxes } from '../kernel/index.ts'

/** The kernel over as few axes as describe it without divisions; several kernels where that takes them. */
export function tidied(kernel: Kernel): Kernel[] {
  return (kernel.kind === 'loop' ? splitDividedAxes(kernel) : [kernel]).map(collapseAxes)
}
