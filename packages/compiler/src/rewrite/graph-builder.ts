// Builds a graph in which no computation stands twice.

import type { DType, PrimitiveName, Primitives, Shape } from '@neurite/tensor'
import type { Graph, GraphNode } from '../graph/graph.ts'

/** Adds nodes to a growing graph; a node equal to an earlier one is that one (common sub-expressions). */
export class GraphBuilder {
  readonly nodes: GraphNode[] = []
  readonly #known = new Map<string, number>()

  add<P extends PrimitiveName>(
    primitive: P,
    inputs: readonly number[],
    attributes: Primitives[P],
    shape: Shape,
    dtype: DType,
  ): number {
    // Leaves are told apart by who holds them, not by what they look like.
    const key = primitive === 'input' ? undefined : keyOf(primitive, inputs, attributes, dtype)
    const known = key === undefined ? undefined : this.#known.get(key)
    if (known !== undefined) return known
    const id = this.nodes.push({ primitive, inputs, attributes, shape, dtype }) - 1
    if (key !== undefined) this.#known.set(key, id)
    return id
  }

  /** The graph of what the roots need. `inputs` keep their order and stay even if unused. */
  finish(roots: readonly number[]): Graph {
    const needed = new Uint8Array(this.nodes.length)
    for (const root of roots) needed[root] = 1
    for (let id = this.nodes.length - 1; id >= 0; id--) {
      if (this.nodes[id]!.primitive === 'input') needed[id] = 1
      if (needed[id] === 1) for (const input of this.nodes[id]!.inputs) needed[input] = 1
    }
    const place = new Int32Array(this.nodes.length)
    const nodes: GraphNode[] = []
    this.nodes.forEach((node, id) => {
      if (needed[id] === 0) return
      place[id] = nodes.length
      nodes.push({ ...node, inputs: node.inputs.map((input) => place[input]!) })
    })
    return { nodes, roots: roots.map((root) => place[root]!) }
  }
}

function keyOf(primitive: PrimitiveName, inputs: readonly number[], attributes: object, dtype: DType): string {
  let key = `${primitive}|${inputs.join()}|${dtype}`
  for (const value of Object.values(attributes)) key += `|${spelt(value)}`
  return key
}

/** Lists of places and sizes, also of pairs of them, are told apart by their numbers: a primitive's always have the same form. */
function spelt(value: unknown): string {
  if (Object.is(value, -0)) return '-0'
  return Array.isArray(value) ? value.join() : typeof value === 'object' ? JSON.stringify(value) : String(value)
}
