import { sizeOf } from '@neurite/tensor'
import type { Graph } from '../graph/graph.ts'
import type { BufferTable } from './buffer-table.ts'
import type { Placement } from './kernel-expressions.ts'

export interface StepBuffers {
  /** For the graph's input nodes, in order. */
  readonly leafBuffers: readonly number[]
  /** For the graph's roots, in order. */
  readonly rootBuffers: readonly number[]
  readonly stored: ReadonlySet<number>
  readonly readBack: ReadonlySet<number>
}

/** Where the values of a loop's step live: leaves and roots in buffers that the loop brings, the others in temporaries. */
export class StepPlacement implements Placement {
  readonly #table: BufferTable
  readonly #readBack: ReadonlySet<number>
  readonly #leaves: ReadonlyMap<number, number>
  readonly #destinations = new Map<number, number[]>()

  constructor(graph: Graph, table: BufferTable, { leafBuffers, rootBuffers, stored, readBack }: StepBuffers) {
    this.#table = table
    this.#readBack = readBack
    const inputs = graph.nodes.flatMap(({ primitive }, id) => (primitive === 'input' ? [id] : []))
    this.#leaves = new Map(inputs.map((id, place) => [id, leafBuffers[place]!]))
    graph.roots.forEach((root, place) => {
      const known = this.#destinations.get(root)
      if (known === undefined) this.#destinations.set(root, [rootBuffers[place]!])
      else known.push(rootBuffers[place]!)
    })
    for (const node of [...stored, ...readBack]) {
      if (this.#destinations.has(node)) continue
      const { shape, dtype } = graph.nodes[node]!
      this.#destinations.set(node, [table.add({ role: 'temporary', dtype, size: sizeOf(shape) })])
    }
  }

  bufferOf(node: number): number | undefined {
    return this.#leaves.get(node) ?? this.#destinations.get(node)?.[0]
  }

  destinationsOf(node: number): readonly number[] {
    return this.#destinations.get(node) ?? []
  }

  isReadBack(node: number): boolean {
    return this.#readBack.has(node)
  }

  fault(message: string): number {
    return this.#table.fault(message)
  }
}
