// While a function is being compiled its reads and writes of mutable cells are watched by a scope: they become inputs
// and outputs of the program instead of happening now.

import type { Flag } from './flag.ts'
import type { Tensor } from './tensor.ts'
import type { Variable } from './variable.ts'

export interface CaptureScope {
  /** The tensor that stands for the variable's value at this point of the function. */
  readVariable(variable: Variable): Tensor
  assignVariable(variable: Variable, next: Tensor): void
  /** Notes that the captured graph depends on the flag's present value. */
  readFlag(flag: Flag): void
}

let current: CaptureScope | undefined

/** The scope in force, if a function is being captured. */
export function captureScope(): CaptureScope | undefined {
  return current
}

/** Runs `body` with its variables and flags watched by `scope`. `body` must be synchronous. */
export function captureIn<Result>(scope: CaptureScope | undefined, body: () => Result): Result {
  const outer = current
  current = scope
  try {
    return body()
  } finally {
    current = outer
  }
}
