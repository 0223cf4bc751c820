// The expressions of one kernel. What several of them need is built once, so that backends compute it once.

import { showShape } from '@neurite/tensor'
import type { Member } from '../fusion/group.ts'
import type { Graph } from '../graph/graph.ts'
import { type Index, loadScalar, type Scalar, type Store } from '../kernel/index.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import { flattenIndex } from '../lowering/index-arithmetic.ts'
import type { LoweringContext, LoweringRule } from '../lowering/rule.ts'
import { ExpressionCache } from './expression-cache.ts'

/** Where values live. */
export interface Placement {
  /** The buffer that holds a node's value, if it is stored or an input. */
  bufferOf(node: number): number | undefined
  /** All buffers that a node's value must be written to. */
  destinationsOf(node: number): readonly number[]
  /** Whether a value along a row is read back by the row's later steps, instead of being computed again. */
  isReadBack(node: number): boolean
  fault(message: string): number
}

export class KernelExpressions {
  readonly #graph: Graph
  readonly #extents: readonly number[]
  readonly #placement: Placement
  readonly #members = new Map<number, Scalar>()
  /** Values along rows that are in memory once the stores at hand are done. */
  readonly #readBack = new Map<number, Scalar>()
  readonly #contexts = new Map<string, LoweringContext>()

  constructor(graph: Graph, extents: readonly number[], placement: Placement) {
    this.#graph = graph
    this.#extents = extents
    this.#placement = placement
  }

  /** Context for expressions over the kernel's axes and further ones: those of a step, or of the operands of a core. */
  contextWith(inner: readonly number[]): LoweringContext {
    return this.contextOver([...this.#extents, ...inner])
  }

  contextOver(extents: readonly number[]): LoweringContext {
    // The same axes mean the same in every step, so steps share their expressions.
    const key = extents.join()
    const known = this.#contexts.get(key)
    if (known !== undefined) return known
    const cache = new ExpressionCache()
    const context: LoweringContext = {
      extents,
      read: (node, index) =>
        this.#members.get(node) ?? cache.find(node, index, () => this.#build(node, index, context)),
      shapeOf: (node) => this.#graph.nodes[node]!.shape,
      fault: (message) => this.#placement.fault(message),
    }
    this.#contexts.set(key, context)
    return context
  }

  /** Lets later members read a member's value; gives the stores that bring it where others need it. */
  settle({ node, index, inner }: Member, value: Scalar): Store[] {
    const { shape, dtype } = this.#graph.nodes[node]!
    const at = flattenIndex(shape, index)
    const destinations = this.#placement.destinationsOf(node)
    this.#members.set(node, value)
    if (inner.length > 0 && this.#placement.isReadBack(node))
      this.#readBack.set(node, loadScalar(destinations[0]!, at, dtype))
    return destinations.map((buffer) => ({ kind: 'store', extents: inner, buffer, index: at, value }))
  }

  /** To be called where a reduction ends a run of stores: their values are all computed before the first is written. */
  finishStores(): void {
    for (const [node, load] of this.#readBack) this.#members.set(node, load)
    this.#readBack.clear()
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
