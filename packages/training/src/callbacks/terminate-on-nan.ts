import { stateDict } from '@neurite/layers'
import { isFloating, type Tensor } from '@neurite/tensor'
import type { Callback, Run } from './callback.ts'

/** A loss was NaN or infinite: training has diverged. */
export class NotFiniteError extends Error {
  override readonly name = 'NotFiniteError'
}

/**
 * Ends training with a `NotFiniteError` after the first step whose loss is NaN or infinite; the last checkpoint stays as it was. Looks at
 * the loss of every step, and so waits for every step.
 */
export class TerminateOnNaN implements Callback {
  async onStep(run: Run, loss: Tensor<[]>): Promise<void> {
    const value = await loss.item()
    if (Number.isFinite(value)) return
    const broken = await brokenTensors(run.parts)
    throw new NotFiniteError(
      `The loss is ${value} at step ${run.step} (epoch ${run.epoch}, batch ${run.batch}). After the step ${describe(broken)}. ` +
        'Common causes: a learning rate that is too high, NaN in the data, the logarithm or root of 0.',
    )
  }
}

async function brokenTensors(parts: object): Promise<{ readonly names: string[]; readonly count: number }> {
  const state = Object.entries(stateDict(parts)).filter(([, { dtype }]) => isFloating(dtype))
  const names: string[] = []
  for (const [name, value] of state) if (!(await value.data()).every(Number.isFinite)) names.push(name)
  return { names, count: state.length }
}

function describe({ names, count }: { readonly names: readonly string[]; readonly count: number }): string {
  if (names.length === 0) return 'all parameters are finite: look at the data and the loss'
  if (names.length === count) return 'no parameter is finite any more'
  return `parameters that are not finite: ${names.join(', ')}`
}
