// For tools that must know where a tensor was made: whoever watches is told of every one.

import type { Tensor } from './tensor.ts'

let watcher: ((made: Tensor) => void) | undefined

/** Runs `body`, during which `watch` is called with every tensor that is made. */
export function watchCreations<Result>(watch: (made: Tensor) => void, body: () => Result): Result {
  const outer = watcher
  watcher = watch
  try {
    return body()
  } finally {
    watcher = outer
  }
}

/** @internal */
export function noteCreation(made: object): void {
  watcher?.(made as Tensor)
}
