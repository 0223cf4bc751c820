// A scan becomes a repeat: the kernels of its step, over views that move from round to round.
//
// A carry has one slot for what it is before a round and one for what it is after: the slots follow each other, so that what one
// round leaves is what the next one finds. If somebody asks for the history there are slots for all rounds.

import { type DType, type Primitives, type ScanBody, type Shape, sizeOf } from '@neurite/tensor'
import { formGroups } from '../fusion/form-groups.ts'
import type { Group } from '../fusion/group.ts'
import { nameValues } from '../fusion/name-values.ts'
import type { Graph } from '../graph/graph.ts'
import { trace } from '../graph/trace.ts'
import type { Kernel, View } from '../kernel/index.ts'
import { rewrite } from '../rewrite/rewrite.ts'
import type { BufferTable } from './buffer-table.ts'
import { copyKernel } from './copy-kernel.ts'
import { lowerGroup } from './lower-group.ts'
import { nameLeafRoots } from './name-leaf-roots.ts'
import { orderGroups } from './schedule.ts'
import { StepPlacement } from './step-placement.ts'
import { storedValues } from './stored-values.ts'
import { tidied } from './tidy-kernel.ts'

/** Kernels to be run once before, `count` times over, and once after. */
export interface LoweredScan {
  readonly before: readonly Kernel[]
  readonly repeated: readonly Kernel[]
  readonly count: number
  readonly after: readonly Kernel[]
}

export function lowerScan(graph: Graph, group: Group, table: BufferTable): LoweredScan {
  const core = graph.nodes[group.core!]!
  const { body } = core.attributes as Primitives['scan']
  const results = group.members.map(({ node }) => ({
    destinations: table.destinationsOf(node),
    ...(graph.nodes[node]!.attributes as Primitives['scan']),
  }))
  if (body.length === 0) return noRounds(body, results, (place) => table.bufferOf(core.inputs[place]!)!)
  const keepsHistory = results.some(({ result }) => result === 'history')
  const carries = body.carries.map((leaf) => new CarrySlots(leaf, body, keepsHistory, table))
  const sequenceStart = body.carries.length
  const invariantStart = sequenceStart + body.elements.length
  const bufferOf = (place: number): number => table.bufferOf(core.inputs[place]!)!

  const leafBuffers = [
    ...carries.map(({ before }) => before),
    ...body.elements.map((leaf, i) => rowView(table, bufferOf(sequenceStart + i), leaf, body)),
    ...body.invariants.map((_, i) => bufferOf(invariantStart + i)),
  ]
  const outputs = results.flatMap(({ result, place, destinations }) => {
    if (result === 'carry' || result === 'history') return []
    return [{ node: (result === 'output' ? body.outputs : body.intermediates)[place]!, destinations }]
  })
  const roots = [...body.nextCarries, ...outputs.map(({ node }) => node)]
  const rootBuffers = [
    ...carries.map(({ after }) => after),
    ...outputs.map(({ node, destinations }) => rowView(table, destinations[0]!, node, body)),
  ]
  return {
    before: carries.map(({ leaf, first }, i) => copyKernel(leaf.shape, leaf.dtype, bufferOf(i), first)),
    repeated: lowerStep(body, roots, leafBuffers, rootBuffers, table),
    count: body.length,
    after: [
      ...results.flatMap(({ result, place, destinations }) => {
        if (result !== 'carry' && result !== 'history') return []
        const { shape, dtype } = body.carries[place]!
        const slots = carries[place]!
        if (result === 'carry') return destinations.map((to) => copyKernel(shape, dtype, slots.last, to))
        return destinations.map((to) => copyKernel([body.length, ...shape], dtype, slots.history, to))
      }),
      ...outputs.flatMap(({ node: { shape, dtype }, destinations: [first, ...others] }) =>
        others.map((to) => copyKernel([body.length, ...shape], dtype, first!, to)),
      ),
    ],
  }
}

/** Without rounds what is carried stays what it was, and nothing else has elements. */
function noRounds(
  body: ScanBody,
  results: readonly (Primitives['scan'] & { readonly destinations: readonly number[] })[],
  initialBuffer: (place: number) => number,
): LoweredScan {
  const before = results.flatMap(({ result, place, destinations }) => {
    if (result !== 'carry') return []
    const { shape, dtype } = body.carries[place]!
    return destinations.map((to) => copyKernel(shape, dtype, initialBuffer(place), to))
  })
  return { before, repeated: [], count: 0, after: [] }
}

/** The kernels of one step. */
function lowerStep(
  body: ScanBody,
  roots: ScanBody['outputs'],
  leafBuffers: readonly number[],
  rootBuffers: readonly number[],
  table: BufferTable,
): Kernel[] {
  const traced = trace(roots)
  const graph = nameLeafRoots(rewrite(traced.graph))
  const values = nameValues(graph)
  const order = orderGroups(formGroups(graph, values), (group) => group.needs)!
  const places = new Map(body.leaves.map((leaf, place) => [leaf, place]))
  const placement = new StepPlacement(graph, table, {
    leafBuffers: traced.leaves.map((leaf) => leafBuffers[places.get(leaf)!]!),
    rootBuffers,
    ...storedValues(values, order),
  })
  return order.flatMap((group) => tidied(lowerGroup(graph, group, placement)))
}

/** The buffer of a carry, and views of its slots. */
class CarrySlots {
  readonly leaf: ScanBody['carries'][number]
  readonly before: number
  readonly after: number
  /** The slot before the first round, and after the last. */
  readonly first: number
  readonly last: number
  readonly #table: BufferTable
  readonly #buffer: number
  readonly #size: number
  readonly #length: number
  readonly #isReversed: boolean

  constructor(
    leaf: ScanBody['carries'][number],
    { length, isReversed }: ScanBody,
    keepsHistory: boolean,
    table: BufferTable,
  ) {
    const slots = keepsHistory ? length + 1 : 2
    this.leaf = leaf
    this.#table = table
    this.#size = sizeOf(leaf.shape)
    this.#length = length
    // With a history, the rounds of a reversed loop fill it from its end.
    this.#isReversed = isReversed && keepsHistory
    this.#buffer = table.add({ role: 'temporary', dtype: leaf.dtype, size: slots * this.#size })
    const step = this.#isReversed ? -1 : 1
    const start = this.#isReversed ? length : 0
    const period = slots * this.#size
    const slot = (number: number, moves: number): number =>
      table.addView(
        { of: this.#buffer, start: mod(number, slots) * this.#size, step: moves * this.#size, period },
        leaf,
      )
    this.before = slot(start, step)
    this.after = slot(start + step, step)
    this.first = slot(start, 0)
    this.last = slot(start + step * length, 0)
  }

  /** What the carry was before every round, at the places of the elements. */
  get history(): number {
    const [size, length] = [this.#size, this.#length]
    const view: View = { of: this.#buffer, start: this.#isReversed ? size : 0, step: 0, period: (length + 1) * size }
    return this.#table.addView(view, { shape: [length, ...this.leaf.shape], dtype: this.leaf.dtype })
  }
}

/** The row of a buffer [length, …] that a round is about. */
function rowView(
  table: BufferTable,
  of: number,
  row: { readonly shape: Shape; readonly dtype: DType },
  { length, isReversed }: ScanBody,
): number {
  const size = sizeOf(row.shape)
  const start = isReversed ? (length - 1) * size : 0
  return table.addView({ of, start, step: isReversed ? -size : size, period: length * size }, row)
}

function mod(a: number, n: number): number {
  return ((a % n) + n) % n
}
