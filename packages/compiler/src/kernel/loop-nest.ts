import type { LoopStep, Reduce, Store } from './kernel.ts'

export type Action = () => void

/** Runs `body` at every point of `extents`, the counters being `axes[first]`, `axes[first + 1]`, … */
export function loopNest(axes: number[], first: number, extents: readonly number[], body: Action): Action {
  return extents.reduceRight<Action>((inner, extent, i) => {
    const axis = first + i
    return () => {
      for (let counter = 0; counter < extent; counter++) {
        axes[axis] = counter
        inner()
      }
    }
  }, body)
}

export function sizeOf(extents: readonly number[]): number {
  return extents.reduce((size, extent) => size * extent, 1)
}

/** One reduction with its place among the steps, or stores that run together. */
export type StepRun = { readonly reduce: Reduce; readonly number: number } | { readonly stores: readonly Store[] }

/** Steps in order; consecutive stores over the same points stand together, since all their values are found before any is written. */
export function stepRuns(steps: readonly LoopStep[]): readonly StepRun[] {
  const runs: ({ reduce: Reduce; number: number } | { stores: Store[] })[] = []
  steps.forEach((step, number) => {
    const previous = runs.at(-1)
    if (step.kind === 'reduce') runs.push({ reduce: step, number })
    else if (previous && 'stores' in previous && sameExtents(previous.stores[0]!.extents, step.extents))
      previous.stores.push(step)
    else runs.push({ stores: [step] })
  })
  return runs
}

function sameExtents(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((extent, i) => extent === b[i])
}
