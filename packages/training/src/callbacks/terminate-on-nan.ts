import { findFirstNaN } from '@neurite/autograd'
import { loadStateDict, stateDict } from '@neurite/layers'
import { defaultKey, isFloating, type RandomKey, type Tensor } from '@neurite/tensor'
import type { Callback, Run } from './callback.ts'

/** A loss was NaN or infinite: training has diverged. */
export class NotFiniteError extends Error {
  override readonly name = 'NotFiniteError'
}

export interface TerminateOnNaNOptions {
  /**
   * Whether the first operation that made a NaN is looked for. Default true: the weights before the last two batches are kept for
   * that, which takes a copy of them in every step.
   */
  readonly explain?: boolean
}

/** A batch, and all that its loss depends on. */
interface Moment {
  readonly batch: unknown
  readonly weights: Readonly<Record<string, Tensor>>
  readonly key: RandomKey
}

/**
 * Ends training with a `NotFiniteError` after the first step whose loss is NaN or infinite. It names the first operation of the forward or
 * backward pass that made such a number, and leaves the weights as they were before that step; the last checkpoint stays as well. Looks at the
 * loss of every step, and so waits for every step.
 */
export class TerminateOnNaN implements Callback {
  readonly #explain: boolean
  #moments: readonly Moment[] = []

  constructor({ explain = true }: TerminateOnNaNOptions = {}) {
    this.#explain = explain
  }

  onFitStart(): void {
    this.#moments = []
  }

  beforeBatch(run: Run, batch: unknown): void {
    if (!this.#explain) return
    const now = { batch, weights: stateDict(run.parts), key: defaultKey.value }
    this.#moments = [now, ...this.#moments.slice(0, 1)]
  }

  async onStep(run: Run, loss: Tensor<[]>): Promise<void> {
    const value = await loss.item()
    if (Number.isFinite(value)) return
    const broken = await brokenTensors(run.parts)
    const found = await this.#firstNaN(run)
    throw new NotFiniteError(
      `The loss is ${value} at step ${run.step} (epoch ${run.epoch}, batch ${run.batch}). After the step ${describe(broken)}. ` +
        (found ?? 'Common causes: a learning rate that is too high, NaN in the data, the logarithm or root of 0.'),
    )
  }

  /** Of the last step or, where it began with broken weights, of the one before, whose gradients must have been. */
  async #firstNaN(run: Run): Promise<string | undefined> {
    let found: string | undefined
    for (const { batch, weights, key } of this.#moments) {
      loadStateDict(run.parts, weights)
      defaultKey.assign(key)
      const first = await findFirstNaN(() => run.differentiate(batch), { infinity: true })
      if (first === undefined) return found
      found = String(first)
      if (first.operation !== 'input') return found
    }
    return found
  }
}

async function brokenTensors(parts: object): Promise<{ readonly names: string[]; readonly count: number }> {
  const state = Object.entries(stateDict(parts)).filter(([, { dtype }]) => isFloating(dtype))
  const names: string[] = []
  for (const [name, value] of state) if (!(await value.data()).every(Number.isFinite)) names.push(name)
  return { names, count: state.length }
}

function describe({ names, count }: { readonly names: readonly string[]; readonly count: number }): string {
  if (names.length === 0) return 'all parameters are finite'
  if (names.length === count) return 'no parameter is finite any more'
  return `parameters that are not finite: ${names.join(', ')}`
}
