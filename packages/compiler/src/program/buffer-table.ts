// Gives every value that outlives its kernel a buffer.

import { type DType, type Shape, sizeOf } from '@neurite/tensor'
import type { Graph } from '../graph/graph.ts'
import type { Fault, Kernel, UnplacedBuffer, View } from '../kernel/index.ts'
import type { Bindings } from './binding.ts'
import { copyKernel } from './copy-kernel.ts'
import type { Placement } from './kernel-expressions.ts'

export class BufferTable implements Placement {
  readonly buffers: UnplacedBuffer[] = []
  readonly inputs: number[] = []
  readonly outputs: number[] = []
  readonly states: number[] = []
  readonly faults: Fault[] = []
  readonly #graph: Graph
  readonly #destinations = new Map<number, number[]>()
  readonly #leaves = new Map<number, number>()
  readonly #readBack: ReadonlySet<number>
  readonly #copies: { readonly node: number; readonly state: number }[] = []

  /**
   * @param stored the named nodes that somebody reads outside their kernel.
   * @param readBack the values along rows that later steps of their kernel read; some are in `stored`.
   * @param inPlace the states that the kernel of their new value writes.
   */
  constructor(
    graph: Graph,
    bindings: Bindings,
    {
      stored,
      readBack,
      inPlace,
    }: { stored: ReadonlySet<number>; readBack: ReadonlySet<number>; inPlace: ReadonlySet<number> },
  ) {
    this.#graph = graph
    this.#readBack = readBack
    this.#addStates(bindings)
    this.#addLeaves(bindings)
    const outputs = new Map<number, number>()
    for (const root of graph.roots.slice(0, bindings.outputCount)) {
      // A root asked for twice has one buffer; the backend gives out a copy each.
      const buffer = outputs.get(root) ?? this.#addFor(root, 'output')
      outputs.set(root, buffer)
      this.outputs.push(buffer)
    }
    bindings.assigned.forEach((state, i) => {
      const node = graph.roots[bindings.outputCount + i]!
      if (inPlace.has(state)) this.#send(node, this.states[state]!)
      else this.#copies.push({ node, state })
    })
    for (const node of [...stored, ...readBack]) if (!this.#destinations.has(node)) this.#addFor(node, 'temporary')
    for (const { node } of this.#copies) if (!this.#destinations.has(node)) this.#addFor(node, 'temporary')
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
    const known = this.faults.findIndex((fault) => fault.message === message)
    return known < 0 ? this.faults.push({ message }) - 1 : known
  }

  /** Kernels that bring new values to states which nobody wrote in place; to be run at the end. */
  copies(): Kernel[] {
    return this.#copies.map(({ node, state }) => {
      const { shape, dtype } = this.#graph.nodes[node]!
      return copyKernel(shape, dtype, this.bufferOf(node)!, this.states[state]!)
    })
  }

  #addStates({ inputs, assigned }: Bindings): void {
    const types = new Map<number, { shape: Shape; dtype: DType }>()
    this.#inputNodes().forEach((id, place) => {
      const binding = inputs[place]!
      if (binding.kind === 'state') types.set(binding.state, this.#graph.nodes[id]!)
    })
    assigned.forEach((state, i) => {
      types.set(state, this.#graph.nodes[this.#graph.roots[this.#graph.roots.length - assigned.length + i]!]!)
    })
    for (let state = 0; state < types.size; state++) {
      const { shape, dtype } = types.get(state)!
      this.states.push(this.add({ role: 'state', dtype, size: sizeOf(shape) }))
    }
  }

  #addLeaves({ inputs }: Bindings): void {
    this.#inputNodes().forEach((id, place) => {
      const { shape, dtype } = this.#graph.nodes[id]!
      const size = sizeOf(shape)
      const binding = inputs[place]!
      if (binding.kind === 'state') this.#leaves.set(id, this.states[binding.state]!)
      else if (binding.kind === 'constant')
        this.#leaves.set(id, this.add({ role: 'constant', dtype, size, data: binding.data }))
      else {
        const buffer = this.add({ role: 'input', dtype, size })
        this.inputs.push(buffer)
        this.#leaves.set(id, buffer)
      }
    })
  }

  #inputNodes(): number[] {
    return this.#graph.nodes.flatMap(({ primitive }, id) => (primitive === 'input' ? [id] : []))
  }

  #addFor(node: number, role: 'output' | 'temporary'): number {
    const { shape, dtype } = this.#graph.nodes[node]!
    const buffer = this.add({ role, dtype, size: sizeOf(shape) })
    this.#send(node, buffer)
    return buffer
  }

  #send(node: number, buffer: number): void {
    const known = this.#destinations.get(node)
    if (known === undefined) this.#destinations.set(node, [buffer])
    else known.push(buffer)
  }

  add(buffer: UnplacedBuffer): number {
    return this.buffers.push(buffer) - 1
  }

  /** A buffer that shows a part of another. */
  addView(view: View, { shape, dtype }: { readonly shape: Shape; readonly dtype: DType }): number {
    return this.add({ role: 'view', dtype, size: sizeOf(shape), view })
  }
}
