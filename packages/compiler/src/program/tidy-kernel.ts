import { collapseAxes, type Kernel, splitDividedAxes } from '../kernel/index.ts'

/** The kernel over as few axes as describe it without divisions. */
export function tidied(kernel: Kernel): Kernel {
  return collapseAxes(kernel.kind === 'loop' ? splitDividedAxes(kernel) : kernel)
}
