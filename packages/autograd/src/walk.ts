// Reverse accumulation: cotangents flow from the outputs to the targets, through every node by its primitive's rule.

import { isFloating, type PrimitiveName, type Primitives, type Tensor, zerosLike } from '@neurite/tensor'
import type { VjpRule } from './rule.ts'
import { vjpRules } from './rules/index.ts'

/** Cotangents of the targets, in order; zeros for a target that no output depends on. */
export function cotangentsOf(
  targets: readonly Tensor[],
  outputs: readonly Tensor[],
  outputCotangents: readonly Tensor[],
): Tensor[] {
  const cotangents = new Map<Tensor, Tensor>()
  const accumulate = (node: Tensor, cotangent: Tensor): void => {
    cotangents.set(node, cotangents.get(node)?.add(cotangent) ?? cotangent)
  }
  for (const [i, output] of outputs.entries()) accumulate(output, outputCotangents[i]!)

  const path = nodesBetween(new Set(targets), outputs)
  // When a node's turn comes, all its users have contributed to its cotangent.
  for (const node of [...path].reverse()) {
    const cotangent = cotangents.get(node)
    if (cotangent === undefined || !node.inputs.some((input) => path.has(input))) continue
    const inputCotangents = applyRule(node, cotangent)
    for (const [i, input] of node.inputs.entries()) {
      const inputCotangent = inputCotangents[i]!
      if (inputCotangent !== null && path.has(input)) accumulate(input, inputCotangent)
    }
  }
  return targets.map((target) => cotangents.get(target) ?? zerosLike(target))
}

/** Visits everything that gradients can flow into, inputs before users, each once; however deep the graph is. */
export function visitDifferentiable(outputs: readonly Tensor[], visit: (node: Tensor) => void): void {
  const seen = new Set<Tensor>()
  const stack = outputs.map((node) => ({ node, inputsAreVisited: false }))
  while (stack.length > 0) {
    const { node, inputsAreVisited } = stack.pop()!
    if (inputsAreVisited) {
      visit(node)
      continue
    }
    if (seen.has(node)) continue
    seen.add(node)
    stack.push({ node, inputsAreVisited: true })
    for (const input of differentiableInputs(node)) stack.push({ node: input, inputsAreVisited: false })
  }
}

/** The nodes through which gradients flow from the outputs to the targets, both included, inputs before users. */
function nodesBetween(targets: ReadonlySet<Tensor>, outputs: readonly Tensor[]): Set<Tensor> {
  const leading = new Set<Tensor>()
  visitDifferentiable(outputs, (node) => {
    if (targets.has(node) || differentiableInputs(node).some((input) => leading.has(input))) leading.add(node)
  })
  return leading
}

/** A node's value may be known already: its gradient still flows into what it was made of. */
function differentiableInputs(node: Tensor): readonly Tensor[] {
  return vjpRules[node.primitive] === null ? [] : node.inputs.filter((input) => isFloating(input.dtype))
}

function applyRule(node: Tensor, cotangent: Tensor): readonly (Tensor | null)[] {
  // Primitive and attributes belong together, which TypeScript cannot see once they are in a node.
  const rule = vjpRules[node.primitive] as VjpRule<PrimitiveName>
  const attributes = node.attributes as Primitives[PrimitiveName]
  return rule(cotangent, { inputs: node.inputs, output: node, attributes })
}
