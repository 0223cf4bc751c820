import type { Graph } from '../graph/graph.ts'
import { loweringRuleOf } from '../lowering/index.ts'

/** A graph's named values (see `nameValues`) and how the expression of each reads others. */
export class NamedValues {
  readonly #graph: Graph
  readonly #isNamed: readonly boolean[]
  readonly #costs: ArrayLike<number>
  readonly #reads = new Map<number, ReadonlySet<number>>()

  /** @param costs what computing an element of each node takes, the named values it reads being known. */
  constructor(graph: Graph, isNamed: readonly boolean[], costs: ArrayLike<number>) {
    this.#graph = graph
    this.#isNamed = isNamed
    this.#costs = costs
  }

  isNamed(node: number): boolean {
    return this.#isNamed[node]!
  }

  /** Additions that computing one element takes. */
  costOf(node: number): number {
    return this.#costs[node]!
  }

  /** The named values and leaves that a node's expression loads. */
  reads(node: number): ReadonlySet<number> {
    const known = this.#reads.get(node)
    if (known !== undefined) return known
    const found = new Set<number>()
    const seen = new Set<number>()
    const stack = [...this.#graph.nodes[node]!.inputs]
    while (stack.length > 0) {
      const input = stack.pop()!
      if (seen.has(input)) continue
      seen.add(input)
      if (this.#isLoaded(input)) found.add(input)
      else stack.push(...this.#graph.nodes[input]!.inputs)
    }
    this.#reads.set(node, found)
    return found
  }

  /** Whether an element of `reader` needs no element of `read` but the one at its own place. */
  readsInPlace(reader: number, read: number): boolean {
    const seen = new Set<number>()
    const stack = [reader]
    while (stack.length > 0) {
      const node = stack.pop()!
      if (seen.has(node) || !this.reads(node).has(read)) continue
      seen.add(node)
      const { primitive, inputs } = this.#graph.nodes[node]!
      if (movesElements(primitive)) return false
      for (const input of inputs) if (!this.#isLoaded(input)) stack.push(input)
    }
    return true
  }

  #isLoaded(node: number): boolean {
    return this.#isNamed[node]! || this.#graph.nodes[node]!.primitive === 'input'
  }
}

/** Whether a primitive computes an element from operands at other places than its own. */
export function movesElements(primitive: Graph['nodes'][number]['primitive']): boolean {
  const rule = loweringRuleOf(primitive)
  return rule.kind !== 'pointwise' || rule.isView === true || rule.readsElsewhere === true
}
