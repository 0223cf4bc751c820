import {
  constantFactor,
  cosineAnnealing,
  cosineWarmRestarts,
  cyclic,
  exponentialDecay,
  inSequence,
  linearFactor,
  multiStepDecay,
  oneCycle,
  polynomialDecay,
  ReduceOnPlateau,
  Schedule,
  type Scheduled,
  type ScheduleRule,
  stepDecay,
} from '@neurite/optimizers'
import type { Attributes, Named, Word } from '../format/recorded.ts'
import { lookUp, type missing } from './operation.ts'

/** Goes on to the next step; a metric is what ReduceLROnPlateau watches. */
interface Stepping {
  step(metric?: number): void
}

/** Of attributes, whatever PyTorch's schedule takes. */
// biome-ignore lint/suspicious/noExplicitAny: each schedule knows its own.
type RuleMaker = (attributes: any) => ScheduleRule

const rules = {
  ConstantLR: ({ factor, total_iters }) => constantFactor(defined({ factor, steps: total_iters })),
  CosineAnnealingLR: ({ T_max, eta_min = 0 }) => cosineAnnealing({ steps: T_max, minimum: eta_min }),
  CosineAnnealingWarmRestarts: ({ T_0, T_mult = 1, eta_min = 0 }) =>
    cosineWarmRestarts({ steps: T_0, growth: T_mult, minimum: eta_min }),
  CyclicLR: ({ base_lr, max_lr, step_size_up, step_size_down, mode = 'triangular', gamma }) =>
    cyclic({
      minimum: base_lr,
      maximum: max_lr,
      peaks: peaks[mode]!,
      ...defined({ stepsUp: step_size_up, stepsDown: step_size_down, gamma }),
    }),
  ExponentialLR: ({ gamma }) => exponentialDecay({ gamma }),
  LinearLR: ({ start_factor, end_factor, total_iters }) =>
    linearFactor(defined({ from: start_factor, to: end_factor, steps: total_iters })),
  MultiStepLR: ({ milestones, gamma }) => multiStepDecay({ milestones, ...defined({ gamma }) }),
  OneCycleLR: ({ max_lr, total_steps, pct_start, anneal_strategy, div_factor, final_div_factor, three_phase }) =>
    oneCycle({
      maximum: max_lr,
      steps: total_steps,
      shape: anneal_strategy === 'linear' ? 'linear' : 'cosine',
      ...defined({
        riseShare: pct_start,
        startDivisor: div_factor,
        endDivisor: final_div_factor,
        threePhases: three_phase,
      }),
    }),
  PolynomialLR: ({ total_iters, power }) => polynomialDecay({ steps: total_iters ?? 5, ...defined({ power }) }),
  SequentialLR: ({ schedulers, milestones }) =>
    inSequence(
      schedulers.map(({ op, attrs }: Word) => lookUp<RuleMaker>(rules, op)(attrs)),
      milestones,
    ),
  StepLR: ({ step_size, gamma }) => stepDecay({ stepSize: step_size, ...defined({ gamma }) }),
} satisfies Named<RuleMaker> as Named<RuleMaker>

const peaks: Named<'constant' | 'halving' | 'exponential'> = {
  triangular: 'constant',
  triangular2: 'halving',
  exp_range: 'exponential',
}

/** Without the options that a case does not set. */
function defined(options: object): object {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

type Maker = (scheduled: Scheduled, attributes: Attributes) => Stepping

export const schedules: Named<Maker | typeof missing> = {
  ...Object.fromEntries(
    Object.entries(rules).map(([name, rule]): [string, Maker] => [
      name,
      (scheduled, attributes) => new Schedule(scheduled, rule(attributes)),
    ]),
  ),
  ReduceLROnPlateau: (scheduled, { threshold_mode = 'rel', min_lr, ...options }) => {
    const schedule = new ReduceOnPlateau(scheduled, {
      ...options,
      thresholdMode: threshold_mode === 'abs' ? 'absolute' : 'relative',
      ...defined({ minimum: min_lr }),
    })
    return { step: (metric = Number.NaN) => schedule.step(metric) }
  },
}

/** @throws UnknownWordError or MissingWordError. */
export function makeSchedule({ op, attrs }: Word, scheduled: Scheduled): Stepping {
  return lookUp(schedules, op)(scheduled, attrs)
}
