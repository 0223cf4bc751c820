import { alongCosine } from './cosine.ts'
import { checkSteps, type ScheduleRule } from './schedule-rule.ts'

export interface OneCycleOptions {
  /** The highest rate. */
  readonly maximum: number
  /** Steps of the whole training. */
  readonly steps: number
  /** Share of the steps that goes up. Default 0.3. */
  readonly riseShare?: number
  /** Default 'cosine'. */
  readonly shape?: 'cosine' | 'linear'
  /** The first rate is maximum / startDivisor. Default 25. */
  readonly startDivisor?: number
  /** The last rate is the first / endDivisor. Default 10,000. */
  readonly endDivisor?: number
  /** Whether it goes down to the first rate as fast as up, and from there to the last. Default false. */
  readonly threePhases?: boolean
  /** Lowest and highest momentum, which goes the other way. Default [0.85, 0.95]. */
  readonly momentum?: readonly [number, number]
}

/** From one value to another, up to a step (which need not be whole). */
interface Phase {
  readonly end: number
  readonly rates: readonly [number, number]
  readonly momenta: readonly [number, number]
}

/**
 * Once up and down, to far below the start, over a whole training (Smith & Topin 2018, "Super-convergence"). PyTorch's OneCycleLR.
 * The rate that the optimizer had does not count; behind the last step the last rate stays.
 * @throws RangeError unless `steps` is a positive integer, `maximum` and divisors positive and `riseShare` in [0, 1].
 */
export function oneCycle(options: OneCycleOptions): ScheduleRule {
  const { shape = 'cosine' } = options
  const phases = phasesOf(options)
  const between = shape === 'cosine' ? alongCosine : alongLine
  const at = (step: number, ends: (phase: Phase) => readonly [number, number]): number => {
    const found = phases.findIndex(({ end }) => step <= end)
    const place = found === -1 ? phases.length - 1 : found
    const phase = phases[place]!
    const begin = place === 0 ? 0 : phases[place - 1]!.end
    const share = phase.end === begin ? 1 : Math.min(1, (step - begin) / (phase.end - begin))
    return between(...ends(phase), share)
  }
  return { rate: (step) => at(step, ({ rates }) => rates), momentum: (step) => at(step, ({ momenta }) => momenta) }
}

function phasesOf(options: OneCycleOptions): readonly Phase[] {
  const { maximum, steps, riseShare = 0.3, startDivisor = 25, endDivisor = 1e4, threePhases = false } = options
  const [low, high] = options.momentum ?? [0.85, 0.95]
  checkSteps('oneCycle', { steps })
  for (const [name, value] of Object.entries({ maximum, startDivisor, endDivisor }))
    if (!(value > 0)) throw new RangeError(`oneCycle: ${name} is ${value}; it must be positive.`)
  if (!(riseShare >= 0 && riseShare <= 1))
    throw new RangeError(`oneCycle: riseShare is ${riseShare}; it must lie between 0 and 1.`)
  const first = maximum / startDivisor
  const last = first / endDivisor
  const rise: Phase = { end: riseShare * steps - 1, rates: [first, maximum], momenta: [high, low] }
  if (!threePhases) return [rise, { end: steps - 1, rates: [maximum, last], momenta: [low, high] }]
  return [
    rise,
    { end: 2 * riseShare * steps - 2, rates: [maximum, first], momenta: [low, high] },
    { end: steps - 1, rates: [first, last], momenta: [high, high] },
  ]
}

function alongLine(start: number, end: number, share: number): number {
  return start + (end - start) * share
}
