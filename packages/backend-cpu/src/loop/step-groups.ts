import { type LoopKernel, type Reduce, type Scalar, type Store, valuesIn } from '@neurite/compiler/kernel'
import type { Facts } from '../expression/facts.ts'
import type { Work } from '../expression/hoist.ts'
import { readsStored } from './forward-stores.ts'

/** Reductions over the same points, which do not need each other's results: one loop finds them all. It may store what they take. */
export interface ReduceGroup {
  readonly kind: 'reduce'
  readonly extents: readonly number[]
  readonly stores: readonly Store[]
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
      const joins = isSame && step.extents.length > 0 && !needs(step.value, previous, facts)
      if (joins) groups.pop()
      const others = joins && previous.kind === 'reduce' ? previous.steps : []
      groups.push(reduceGroup(joins ? previous.stores : [], [...others, { number, step }]))
    }
  })
  return groups
}

function storeGroup(stores: readonly Store[]): StoreGroup {
  return { kind: 'store', extents: stores[0]!.extents, stores, work: { values: storedValues(stores), targets: stores } }
}

function reduceGroup(stores: readonly Store[], steps: readonly NumberedReduce[]): ReduceGroup {
  const values = [...storedValues(stores), ...steps.map(({ step }) => step.value)]
  return { kind: 'reduce', extents: steps[0]!.step.extents, stores, steps, work: { values, targets: stores } }
}

function storedValues(stores: readonly Store[]): readonly Scalar[] {
  return stores.flatMap(({ value, index }) => [value, ...valuesIn(index)])
}

/** Whether a value needs what a group finds or writes. */
function needs(value: Scalar, group: StepGroup, facts: Facts): boolean {
  const used = facts.stepsOf(value)
  const found = group.kind === 'reduce' ? group.steps : []
  return readsStored(value, group.stores) || found.some(({ number }) => (used & (1 << number)) !== 0)
}
