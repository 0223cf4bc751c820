// One group of named values becomes one kernel.

import { showShape } from '@neurite/tensor'
import type { Group } from '../fusion/group.ts'
import type { Graph, GraphNode } from '../graph/graph.ts'
import { type Index, type Kernel, loadScalar, type Scalar, type Store } from '../kernel/index.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import { axisIndices, flattenIndex } from '../lowering/index-arithmetic.ts'
import type { ContractionRule, LoweringContext, LoweringRule, ReductionRule, ScatterRule } from '../lowering/rule.ts'
import { ExpressionCache } from './expression-cache.ts'

/** Where values live. */
export interface Placement {
  /** The buffer that holds a node's value, if it is stored or an input. */
  bufferOf(node: number): number | undefined
  /** All buffers that a node's value must be written to. */
  destinationsOf(node: number): readonly number[]
  fault(message: string): number
}

export function lowerGroup(graph: Graph, group: Group, placement: Placement): Kernel {
  const label = labelOf(graph, group)
  const coreNode = group.core === undefined ? undefined : graph.nodes[group.core]!
  const rule = coreNode === undefined ? undefined : loweringRuleOf(coreNode.primitive)
  const kernel = new KernelExpressions(graph, group, placement)
  if (coreNode === undefined || rule === undefined)
    return { kind: 'loop', label, extents: group.extents, steps: kernel.stores() }

  switch (rule.kind) {
    case 'reduction':
      return lowerReduction(graph, group, coreNode, rule, kernel, label)
    case 'contraction':
      return lowerContraction(group, coreNode, rule, kernel, label)
    case 'scatter':
      return lowerScatter(graph, group, coreNode, rule, kernel, placement, label)
    case 'leaf':
    case 'pointwise':
      throw new Error(`lowerGroup: ${coreNode.primitive} cannot be the core of a kernel.`)
  }
}

function lowerReduction(
  graph: Graph,
  { extents }: Group,
  core: GraphNode,
  rule: ReductionRule<never>,
  kernel: KernelExpressions,
  label: string,
): Kernel {
  const inner = rule.extents(core as never, graph.nodes[core.inputs[0]!]!.shape)
  const context = kernel.contextWith(inner)
  const value = rule.value(core as never, axisIndices(extents), axisIndices(inner, extents.length), context)
  const reduce = { kind: 'reduce', extents: inner, combine: rule.combine, value } as const
  return { kind: 'loop', label, extents, steps: [reduce, ...kernel.stores()] }
}

function lowerContraction(
  { loops, extents }: Group,
  core: GraphNode,
  rule: ContractionRule<never>,
  kernel: KernelExpressions,
  label: string,
): Kernel {
  const { batch, rows, columns, depth } = loops!
  const axes = axisIndices([...extents, ...depth])
  const { left, right } = rule.operands(core as never, axes, kernel.contextWith(depth))
  return { kind: 'contraction', label, batch, rows, columns, depth, left, right, stores: kernel.stores() }
}

function lowerScatter(
  graph: Graph,
  group: Group,
  core: GraphNode,
  rule: ScatterRule<never>,
  kernel: KernelExpressions,
  placement: Placement,
  label: string,
): Kernel {
  const extents = rule.extents(core as never, graph.nodes[core.inputs[0]!]!.shape)
  const { index, value } = rule.point(core as never, axisIndices(extents), kernel.contextOver(extents))
  const [buffer] = placement.destinationsOf(group.core!)
  return { kind: 'scatter', label, extents, buffer: buffer!, index: flattenIndex(core.shape, index), value }
}

/** The expressions of one kernel. What several of them need is built once, so that backends compute it once. */
class KernelExpressions {
  readonly #graph: Graph
  readonly #group: Group
  readonly #placement: Placement
  readonly #cache = new ExpressionCache()
  readonly #members = new Map<number, Scalar>()

  constructor(graph: Graph, group: Group, placement: Placement) {
    this.#graph = graph
    this.#group = group
    this.#placement = placement
  }

  /** Context for expressions over the kernel's axes and further ones, as in the operands of a core. */
  contextWith(inner: readonly number[]): LoweringContext {
    return this.contextOver([...this.#group.extents, ...inner])
  }

  contextOver(extents: readonly number[]): LoweringContext {
    // Axes beyond the kernel's own mean something else in every step, so expressions are shared only within one.
    const cache = extents.length === this.#group.extents.length ? this.#cache : new ExpressionCache()
    const context: LoweringContext = {
      extents,
      read: (node, index) =>
        this.#members.get(node) ?? cache.find(node, index, () => this.#build(node, index, context)),
      shapeOf: (node) => this.#graph.nodes[node]!.shape,
      fault: (message) => this.#placement.fault(message),
    }
    return context
  }

  /** The stores of all members that are needed outside. */
  stores(): Store[] {
    const { core, extents, members } = this.#group
    const context = this.contextOver(extents)
    const stores: Store[] = []
    for (const { node, index } of members) {
      const { dtype, primitive, shape } = this.#graph.nodes[node]!
      const rule = loweringRuleOf(primitive) as LoweringRule<never>
      const value: Scalar =
        node === core || rule.kind !== 'pointwise'
          ? { kind: 'result', step: 0, dtype }
          : rule.value(this.#graph.nodes[node] as never, index, context)
      this.#members.set(node, value)
      for (const buffer of this.#placement.destinationsOf(node))
        stores.push({ kind: 'store', extents: [], buffer, index: flattenIndex(shape, index), value })
    }
    return stores
  }

  #build(id: number, index: readonly Index[], context: LoweringContext): Scalar {
    const node = this.#graph.nodes[id]!
    const buffer = this.#placement.bufferOf(id)
    if (buffer !== undefined) return loadScalar(buffer, flattenIndex(node.shape, index), node.dtype)
    const rule = loweringRuleOf(node.primitive) as LoweringRule<never>
    if (rule.kind !== 'pointwise')
      throw new Error(`lowerGroup: ${node.primitive} ${showShape(node.shape)} is read before it is stored.`)
    return rule.value(node as never, index, context)
  }
}

function labelOf(graph: Graph, { members }: Group): string {
  return members.map(({ node }) => graph.nodes[node]!.primitive).join(' + ')
}
