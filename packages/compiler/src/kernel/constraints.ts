// What every program must keep to. Backends rely on these rules and do not check them again.

import type { Kernel } from './kernel.ts'

/** The rules that `validate` checks, by number. */
export const constraints = {
  C1: 'every buffer, fault and step that is referred to exists',
  C2: 'inputs, outputs and states list the buffers of their role',
  C3: 'a constant has data of its size, and nothing else has data',
  C4: 'inputs, outputs and temporaries lie in the arena at multiples of 64 bytes; states and constants do not',
  C5: 'nobody writes inputs and constants',
  C6: 'extents, sizes and bounds are integers, and no extent, size or divisor is negative',
  C7: 'an expression uses only axes of its own step or operand',
  C8: "a contraction's left operand does not use its columns, its right one not its rows, and its stores add no axes",
  C9: 'an index has terms of distinct atoms with non-zero integer strides, divides by positive integers and looks up int32',
  C10: 'a result belongs to an earlier reduction of the same kernel, or to the contraction',
  C11: 'a load, a store and a scatter have the dtype of their buffer',
  C12: 'an operation has operands in number and of dtypes that it works on, and gives the dtype that follows',
  C13: 'a reduction, a contraction and a scatter work on dtypes that they can add, multiply or compare',
  C14: 'a constant is a value of its dtype',
  C15: 'loads and stores stay inside their buffers',
  C16: 'no two points of a kernel write the same element',
  C17: 'a kernel reads what it writes only at the very element it writes, and never in the operands of a contraction or in a scatter',
  C18: 'temporaries and outputs are written before they are read, and every output is written',
  C19: 'buffers that share bytes are never needed at the same time, unless a loop writes every element of one after it has read that element of the other for the last time',
  C20: 'a view is a whole number of times in its period, inside a buffer of its dtype, and is written by no kernel that uses the same elements otherwise',
  C21: 'repeats are of kernels that exist, and do not overlap',
} as const

export type Constraint = keyof typeof constraints

/** A program breaks a rule: the compiler that made it has a fault. */
export class KernelError extends Error {
  override readonly name = 'KernelError'
  readonly constraint: Constraint

  constructor(constraint: Constraint, place: string, detail: string) {
    super(`validate: ${place}: ${detail} (${constraint}: ${constraints[constraint]}).`)
    this.constraint = constraint
  }
}

/** The error for a rule broken at the place it was made for. */
export type Violation = (constraint: Constraint, detail: string) => KernelError

export function violationIn(place: string): Violation {
  return (constraint, detail) => new KernelError(constraint, place, detail)
}

/** `kernel 3 "exp + add"` */
export function kernelPlace(kernel: Kernel, number: number): string {
  return `kernel ${number} "${kernel.label}"`
}
