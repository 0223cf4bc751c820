// What a step has just stored, the next reduction often reads again. It gets the value itself, so that one loop can do both.

import { type LoopKernel, type LoopStep, type Scalar, type Store, sameIndex } from '@neurite/compiler/kernel'
import { loadsIn } from '../expression/facts.ts'

/** The kernel with reductions taking the values that stores over the same axes, just before them, have written. */
export function forwardStores(kernel: LoopKernel): LoopKernel {
  const steps: LoopStep[] = []
  let stores: Store[] = []
  for (const step of kernel.steps) {
    if (stores.length > 0 && stores[0]!.extents.join() !== step.extents.join()) stores = []
    if (step.kind === 'reduce') steps.push({ ...step, value: forwarded(step.value, stores) })
    else {
      if (steps.at(-1)?.kind === 'reduce') stores = []
      stores.push(step)
      steps.push(step)
    }
  }
  return { ...kernel, steps }
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
