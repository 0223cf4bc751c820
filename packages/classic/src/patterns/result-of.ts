/** What an iterator over steps returns at its end. */
export function resultOf<Result>(steps: Generator<unknown, Result, void>): Result {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value as Result
  }
}
