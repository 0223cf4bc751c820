// Reverse accumulation: cotangents flow from the outputs to the targets, through every node by its primitive's rule.

import { isFloating, type PrimitiveName, type Primitives, type Tensor, zerosLike } from '@neurite/tensor'
import { type Cotangents, cotangentsOfInputs, JointResults } from './joint-results.ts'
import { visitInOrder } from './order.ts'
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
  const joint = new JointResults(path)
  // When a node's turn comes, all its users have contributed to its cotangent.
  for (const node of [...path].reverse()) {
    const cotangent = cotangents.get(node)
    if (!differentiableInputs(node).some((input) => path.has(input))) continue
    const inputCotangents = joint.has(node)
      ? ofResults(joint.visit(node, cotangent))
      : cotangent && applyRule(node, cotangent)
    if (inputCotangents === undefined) continue
    for (const [i, input] of node.inputs.entries()) {
      const inputCotangent = inputCotangents[i]!
      if (inputCotangent !== null && path.has(input)) accumulate(input, inputCotangent)
    }
  }
  return targets.map((target) => cotangents.get(target) ?? zerosLike(target))
}

function ofResults(results: Cotangents = new Map()): readonly (Tensor | null)[] | undefined {
  const [first] = results
  return results.size > 1 ? cotangentsOfInputs(results, cotangentsOf) : first && applyRule(...first)
}

/** The nodes through which gradients flow from the outputs to the targets, both included, inputs before users. */
function nodesBetween(targets: ReadonlySet<Tensor>, outputs: readonly Tensor[]): Set<Tensor> {
  const leading = new Set<Tensor>()
  visitInOrder(outputs, differentiableInputs, (node) => {
    if (targets.has(node) || differentiableInputs(node).some((input) => leading.has(input))) leading.add(node)
  })
  return leading
}

/** What gradients flow into from a node. Its value may be known already: they still flow into what it was made of. */
export function differentiableInputs(node: Tensor): readonly Tensor[] {
  if (vjpRules[node.primitive] === null) return []
  return inputsWithGradients(node).filter((input) => isFloating(input.dtype))
}

function inputsWithGradients({ primitive, inputs, attributes }: Tensor): readonly Tensor[] {
  if (primitive === 'barrier') return inputs.slice(0, 1)
  if (primitive === 'customGradient') return inputs.slice((attributes as Primitives['customGradient']).call.resultCount)
  return inputs
}

/** The cotangents of a node's inputs, given its own. */
export function applyRule(node: Tensor, cotangent: Tensor): readonly (Tensor | null)[] {
  // Primitive and attributes belong together, which TypeScript cannot see once they are in a node.
  const rule = vjpRules[node.primitive] as VjpRule<PrimitiveName>
  const attributes = node.attributes as Primitives[PrimitiveName]
  return rule(cotangent, { inputs: node.inputs, output: node, attributes }, cotangentsOf)
}
