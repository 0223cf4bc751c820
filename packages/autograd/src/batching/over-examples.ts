// A graph of one example as a graph of many: from leaves with an axis of examples to the outputs, node by node.

import { bind, type PrimitiveName, type Primitives, type Tensor } from '@neurite/tensor'
import { visitInOrder } from '../order.ts'
import type { Batch, BatchOperand, BatchRule } from './rule.ts'
import { batchRules } from './rules/index.ts'

/**
 * What stands for the outputs where `operands`, each [size, …] stand for `sources`. An output that depends on none of them
 * stands for itself.
 */
export function overExamples(
  size: number,
  sources: readonly Tensor[],
  operands: readonly Tensor[],
  outputs: readonly Tensor[],
): readonly BatchOperand[] {
  const batch: Batch = {
    size,
    withAxis: ({ tensor, isBatched }) =>
      isBatched ? tensor : bind('broadcast', [tensor], { shape: [size, ...tensor.shape] }),
    through: (...graph) => overExamples(size, ...graph),
  }
  const found = new Map<Tensor, Tensor>(sources.map((source, i) => [source, operands[i]!]))
  const isSource = new Set(sources)
  const standInFor = (node: Tensor): BatchOperand => {
    const tensor = found.get(node)
    return tensor === undefined ? { tensor: node, isBatched: false } : { tensor, isBatched: true }
  }
  visitInOrder(
    outputs,
    (node) => (isSource.has(node) ? [] : node.inputs),
    (node) => {
      if (isSource.has(node) || !node.inputs.some((input) => found.has(input))) return
      found.set(node, applyRule(node, node.inputs.map(standInFor), batch))
    },
  )
  return outputs.map(standInFor)
}

function applyRule(node: Tensor, operands: readonly BatchOperand[], batch: Batch): Tensor {
  // Primitive and attributes belong together, which TypeScript cannot see once they are in a node.
  const rule = batchRules[node.primitive] as BatchRule<PrimitiveName>
  const attributes = node.attributes as Primitives[PrimitiveName]
  return rule(operands, { inputs: node.inputs, output: node, attributes }, batch)
}
