// What a step has just stored, the next reduction often reads again. It gets the value itself, so that one loop can do both.

import { type LoopKernel, type LoopStep, nodesOf, type Scalar, type Store, sameIndex } from '@neurite/compiler/kernel'
import { loadsIn } from '../expression/facts.ts'

/**
 * The kernel with reductions taking the values that stores over the same axes, just before them, have written. Only those that one loop finds
 * together with the stores: later, what a value was made of may have been overwritten.
 */
export function forwardStores(kernel: LoopKernel): LoopKernel {
  const steps: LoopStep[] = []
  let stores: Store[] = []
  let found = new Set<number>()
  const startRun = (): void => {
    stores = []
    found = new Set()
  }
  kernel.steps.forEach((step, number) => {
    if (stores.length > 0 && stores[0]!.extents.join() !== step.extents.join()) startRun()
    if (step.kind === 'reduce') {
      const value = forwarded(step.value, stores)
      const isTogether = step.extents.length > 0 && !takesResult(value, found) && !readsStored(value, stores)
      if (!isTogether) startRun()
      found.add(number)
      steps.push(isTogether ? { ...step, value } : step)
    } else {
      if (steps.at(-1)?.kind === 'reduce') startRun()
      stores.push(step)
      steps.push(step)
    }
  })
  return { ...kernel, steps }
}

function takesResult(value: Scalar, steps: ReadonlySet<number>): boolean {
  return nodesOf([value]).some((node) => node.kind === 'result' && steps.has(node.step))
}

/** Whether a value reads what some stores write. */
export function readsStored(value: Scalar, stores: readonly Store[]): boolean {
  return loadsIn([value]).some(({ buffer }) => stores.some((store) => store.buffer === buffer))
}

function forwarded(value: Scalar, stores: readonly Store[]): Scalar {
  if (!readsStored(value, stores)) return value
  const done = new Map<Scalar, Scalar>()
  const visit = (node: Scalar): Scalar => {
    const known = done.get(node)
    if (known !== undefined) return known
    const result = replaced(node, stores, visit)
    done.set(node, result)
    return result
  }
  return visit(value)
}

/** The node itself where nothing below it changes: others may share it. */
function replaced(node: Scalar, stores: readonly Store[], visit: (node: Scalar) => Scalar): Scalar {
  switch (node.kind) {
    case 'load':
      return stores.find(({ buffer, index }) => buffer === node.buffer && sameIndex(index, node.index))?.value ?? node
    case 'apply': {
      const operands = node.operands.map(visit)
      return operands.every((operand, place) => operand === node.operands[place]) ? node : { ...node, operands }
    }
    case 'guard': {
      const value = visit(node.value)
      return value === node.value ? node : { ...node, value }
    }
    default:
      return node
  }
}
