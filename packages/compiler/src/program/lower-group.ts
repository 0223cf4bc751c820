// One group of named values becomes one kernel.

import type { Group, Member } from '../fusion/group.ts'
import type { Graph, GraphNode } from '../graph/graph.ts'
import type { Kernel, LoopStep, Scalar, Store } from '../kernel/index.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import { axisIndices, flattenIndex } from '../lowering/index-arithmetic.ts'
import type { ContractionRule, LoweringRule, ScatterRule } from '../lowering/rule.ts'
import { KernelExpressions, type Placement } from './kernel-expressions.ts'

export function lowerGroup(graph: Graph, group: Group, placement: Placement): Kernel {
  const label = group.members.map(({ node }) => graph.nodes[node]!.primitive).join(' + ')
  const expressions = new KernelExpressions(graph, group.extents, placement)
  if (group.core === undefined) return lowerLoop(graph, group, expressions, label)
  const core = graph.nodes[group.core]!
  const rule = loweringRuleOf(core.primitive)
  switch (rule.kind) {
    case 'contraction':
      return lowerContraction(graph, group, { core, rule, expressions, label })
    case 'scatter':
      return lowerScatter(graph, group, { core, rule, expressions, label, placement })
    case 'scan':
      throw new Error('compile: a scan inside a step of a scan cannot be compiled. Write the inner loop out.')
    case 'leaf':
    case 'pointwise':
    case 'reduction':
      throw new Error(`lowerGroup: ${core.primitive} cannot be the core of a kernel.`)
  }
}

interface Core<Rule> {
  readonly core: GraphNode
  readonly rule: Rule
  readonly expressions: KernelExpressions
  readonly label: string
}

/** Reductions and values along rows in order, then what is stored once per point. */
function lowerLoop(graph: Graph, group: Group, expressions: KernelExpressions, label: string): Kernel {
  const { extents, members } = group
  const steps: LoopStep[] = []
  const last: Store[] = []
  for (const member of members) {
    const node = graph.nodes[member.node]!
    const rule = loweringRuleOf(node.primitive) as LoweringRule<never>
    const context = expressions.contextWith(member.inner)
    if (rule.kind === 'reduction') {
      expressions.finishStores()
      const along = axisIndices(member.inner, extents.length)
      const value = rule.value(node as never, member.index, along, context)
      const step = steps.push({ kind: 'reduce', extents: member.inner, combine: rule.combine, value }) - 1
      // Its value is one per point, not one along the row.
      last.push(...expressions.settle({ ...member, inner: [] }, { kind: 'result', step, dtype: node.dtype }))
    } else {
      const stores = expressions.settle(member, elementwiseValue(graph, member, expressions))
      if (member.inner.length > 0) steps.push(...stores)
      else last.push(...stores)
    }
  }
  return { kind: 'loop', label, extents, steps: [...steps, ...last] }
}

function lowerContraction(
  graph: Graph,
  { loops, extents, members }: Group,
  { core, rule, expressions, label }: Core<ContractionRule<never>>,
): Kernel {
  const { batch, rows, columns, depth } = loops!
  const axes = axisIndices([...extents, ...depth])
  const { left, right } = rule.operands(core as never, axes, expressions.contextWith(depth))
  const [result, ...epilogue] = members
  const stores = expressions.settle(result!, { kind: 'result', step: 0, dtype: core.dtype })
  for (const member of epilogue)
    stores.push(...expressions.settle(member, elementwiseValue(graph, member, expressions)))
  return { kind: 'contraction', label, batch, rows, columns, depth, left, right, stores }
}

function lowerScatter(
  graph: Graph,
  group: Group,
  { core, rule, expressions, label, placement }: Core<ScatterRule<never>> & { readonly placement: Placement },
): Kernel {
  const extents = rule.extents(core as never, graph.nodes[core.inputs[0]!]!.shape)
  const { index, value } = rule.point(core as never, axisIndices(extents), expressions.contextOver(extents))
  const [buffer] = placement.destinationsOf(group.core!)
  return { kind: 'scatter', label, extents, buffer: buffer!, index: flattenIndex(core.shape, index), value }
}

function elementwiseValue(graph: Graph, { node, index, inner }: Member, expressions: KernelExpressions): Scalar {
  const rule = loweringRuleOf(graph.nodes[node]!.primitive) as LoweringRule<never>
  if (rule.kind !== 'pointwise') throw new Error(`lowerGroup: ${rule.kind} stands where only elementwise nodes do.`)
  return rule.value(graph.nodes[node] as never, index, expressions.contextWith(inner))
}
