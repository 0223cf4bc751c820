// The specification of all values: every node by its primitive's reference rule, one after the other.

import type { TypedArray } from './dtype.ts'
import type { Evaluator } from './evaluator.ts'
import type { ArrayValue, PrimitiveName, Primitives, ReferenceRule } from './primitive.ts'
import { referenceRules } from './primitives/index.ts'
import type { Tensor } from './tensor.ts'

/** Evaluates graphs by the reference rules. */
export const referenceEvaluator: Evaluator = {
  async evaluate(roots) {
    const order = evaluationOrder(roots)
    for (const node of order) await node.fetchSource()
    return valuesOf(roots, order)
  },

  evaluateSync(roots) {
    const order = evaluationOrder(roots)
    for (const node of order) node.fetchSourceSync()
    return valuesOf(roots, order)
  },
}

/** All nodes that must be known, inputs before users, each once. The walk stops at leaves. */
function evaluationOrder(roots: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = []
  const seen = new Set<Tensor>()
  // A node is left when it is met for the second time: by then its inputs have been visited.
  const stack = roots.map((node) => ({ node, isLeft: false })).reverse()
  while (stack.length > 0) {
    const { node, isLeft } = stack.pop()!
    if (isLeft) order.push(node)
    if (isLeft || seen.has(node)) continue
    seen.add(node)
    stack.push({ node, isLeft: true })
    if (node.isLeaf) continue
    for (const input of node.inputs) if (!seen.has(input)) stack.push({ node: input, isLeft: false })
  }
  return order
}

function valuesOf(roots: readonly Tensor[], order: readonly Tensor[]): TypedArray[] {
  const waiting = countUses(roots, order)
  const values = new Map<Tensor, TypedArray>()
  for (const node of order) {
    const inputs = node.isLeaf ? [] : node.inputs
    values.set(node, node.realized ?? apply(node, inputs, values))
    for (const input of inputs) {
      const uses = waiting.get(input)! - 1
      waiting.set(input, uses)
      if (uses === 0) values.delete(input)
    }
  }
  const given = new Set<TypedArray>()
  return roots.map((root) => {
    const value = values.get(root)!
    // Nobody else may hold what is given away: neither a leaf nor an equal root.
    const isHeld = root.realized !== undefined || given.has(value)
    given.add(value)
    return isHeld ? value.slice() : value
  })
}

/** How often each node is an input or a root: an array can go after its last use. */
function countUses(roots: readonly Tensor[], order: readonly Tensor[]): Map<Tensor, number> {
  const uses = new Map<Tensor, number>()
  const use = (node: Tensor): unknown => uses.set(node, (uses.get(node) ?? 0) + 1)
  for (const node of order) if (!node.isLeaf) node.inputs.forEach(use)
  roots.forEach(use)
  return uses
}

function apply(node: Tensor, inputs: readonly Tensor[], values: ReadonlyMap<Tensor, TypedArray>): TypedArray {
  // Primitive and attributes belong together, which TypeScript cannot see once they are in a node.
  const rule = referenceRules[node.primitive] as ReferenceRule<PrimitiveName>
  const known: ArrayValue[] = inputs.map((input) => ({
    shape: input.shape,
    dtype: input.dtype,
    data: values.get(input)!,
  }))
  return rule(known, node.attributes as Primitives[PrimitiveName], node)
}
