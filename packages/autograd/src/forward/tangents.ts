// Forward accumulation: tangents flow from the sources to the outputs, through every node by its primitive's rule.

import { isFloating, type PrimitiveName, type Primitives, type Tensor } from '@neurite/tensor'
import { visitInOrder } from '../order.ts'
import type { JvpRule, PushForward } from './rule.ts'
import { jvpRules } from './rules/index.ts'

/** The tangents of the outputs, given those of the sources; `undefined` for an output that depends on none of them. */
export const tangentsOf: PushForward = (sources, tangents, outputs) => {
  const found = new Map<Tensor, Tensor | undefined>(sources.map((source, i) => [source, tangents[i]]))
  const isSource = new Set(sources)
  visitInOrder(
    outputs,
    (node) => (isSource.has(node) ? [] : node.inputs),
    (node) => {
      if (isSource.has(node) || !isFloating(node.dtype)) return
      const ofInputs = node.inputs.map((input) => found.get(input))
      if (ofInputs.every((tangent) => tangent === undefined)) return
      const tangent = applyRule(node, ofInputs)
      if (tangent !== undefined) found.set(node, tangent)
    },
  )
  return outputs.map((output) => found.get(output))
}

function applyRule(node: Tensor, tangents: readonly (Tensor | undefined)[]): Tensor | undefined {
  // Primitive and attributes belong together, which TypeScript cannot see once they are in a node.
  const rule = jvpRules[node.primitive] as JvpRule<PrimitiveName> | null
  const attributes = node.attributes as Primitives[PrimitiveName]
  return rule?.(tangents, { inputs: node.inputs, output: node, attributes }, tangentsOf)
}
