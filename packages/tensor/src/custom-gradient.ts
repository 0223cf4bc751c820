import type { Tensor } from './tensor.ts'

/** How cotangents of a call's results become those of its arguments; `null` where none flows. */
export type CustomPullBack = (
  cotangents: readonly Tensor[],
  results: readonly Tensor[],
  args: readonly Tensor[],
) => readonly (Tensor | null)[]

let made = 0

/** A call of a function that says itself how gradients go through it. */
export class CustomGradient {
  readonly resultCount: number
  readonly pullBack: CustomPullBack
  readonly #number = made++

  constructor(resultCount: number, pullBack: CustomPullBack) {
    this.resultCount = resultCount
    this.pullBack = pullBack
  }

  /** Two calls are the same only if they are one. */
  toJSON(): string {
    return `custom gradient ${this.#number}`
  }
}
