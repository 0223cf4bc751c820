import type { LoopKernel, Reduce, Scalar, Store } from '@neurite/compiler/kernel'
import { type Facts, valuesIn } from '../expression/facts.ts'
import type { Work } from '../expression/hoist.ts'

/** Reductions over the same points, which do not need each other's results: one loop finds them all. */
export interface ReduceGroup {
  readonly kind: 'reduce'
  readonly extents: readonly number[]
  readonly steps: readonly NumberedReduce[]
  readonly work: Work
}

export interface NumberedReduce {
  readonly number: number
  readonly step: Reduce
}

/** Consecutive stores over the same points: the values of all are found before the first is written. */
export interface StoreGroup {
  readonly kind: 'store'
  readonly extents: readonly number[]
  readonly stores: readonly Store[]
  readonly work: Work
}

export type StepGroup = ReduceGroup | StoreGroup

/** The steps of a kernel in order, those together that one loop can do. */
export function groupSteps({ steps }: LoopKernel, facts: Facts): readonly StepGroup[] {
  const groups: StepGroup[] = []
  steps.forEach((step, number) => {
    const previous = groups.at(-1)
    const isSame = previous !== undefined && previous.extents.join() === step.extents.join()
    if (step.kind === 'store') {
      const joins = isSame && previous.kind === 'store'
      if (joins) groups.pop()
      groups.push(storeGroup(joins ? [...previous.stores, step] : [step]))
    } else {
      const joins = isSame && previous.kind === 'reduce' && !usesResults(step.value, previous, facts)
      if (joins) groups.pop()
      groups.push(reduceGroup([...(joins ? previous.steps : []), { number, step }]))
    }
  })
  return groups
}

function storeGroup(stores: readonly Store[]): StoreGroup {
  const values = stores.flatMap(({ value, index }) => [value, ...valuesIn(index)])
  return { kind: 'store', extents: stores[0]!.extents, stores, work: { values, targets: stores } }
}

function reduceGroup(steps: readonly NumberedReduce[]): ReduceGroup {
  const values = steps.map(({ step }) => step.value)
  return { kind: 'reduce', extents: steps[0]!.step.extents, steps, work: { values, targets: [] } }
}

function usesResults(value: Scalar, { steps }: ReduceGroup, facts: Facts): boolean {
  const used = facts.stepsOf(value)
  return steps.some(({ number }) => (used & (1 << number)) !== 0)
}
