// An order of groups in which values die early: what frees memory runs as soon as it can.
//
// So the gradient of a weight is computed, and the weight updated, when the cotangent passes by, and not when all cotangents are known:
// the activation that it needs can go.

import { sizeOf } from '@neurite/tensor'
import type { Group } from '../fusion/group.ts'
import type { NamedValues } from '../fusion/named-values.ts'
import type { Graph } from '../graph/graph.ts'
import { bytesPerElement } from '../kernel/index.ts'

/**
 * @param order a valid order, kept where nothing is gained by another one.
 * @param before groups that must have run.
 */
export function orderForMemory(
  graph: Graph,
  values: NamedValues,
  order: readonly Group[],
  before: (group: Group) => Iterable<Group>,
): readonly Group[] {
  const lifetimes = new Lifetimes(graph, values, order)
  const waiting = new Map<Group, number>()
  const followers = new Map<Group, Group[]>(order.map((group) => [group, []]))
  for (const group of order) {
    const needed = new Set(before(group))
    needed.delete(group)
    waiting.set(group, needed.size)
    for (const other of needed) followers.get(other)!.push(group)
  }
  const place = new Map(order.map((group, i) => [group, i]))
  const ready = new Set(order.filter((group) => waiting.get(group) === 0))
  const found: Group[] = []
  const isDone = new Set<Group>()
  for (let next = 0; next < order.length; ) {
    const due = order[next]!
    if (isDone.has(due)) {
      next++
      continue
    }
    let [best, least] = [due, 0]
    for (const group of ready) {
      const growth = lifetimes.growthBy(group)
      if (growth > least || (growth === least && (best === due || place.get(group)! > place.get(best)!))) continue
      ;[best, least] = [group, growth]
    }
    run(best)
  }
  return found

  function run(group: Group): void {
    ready.delete(group)
    isDone.add(group)
    found.push(group)
    lifetimes.run(group)
    for (const follower of followers.get(group)!) {
      const left = waiting.get(follower)! - 1
      waiting.set(follower, left)
      if (left === 0) ready.add(follower)
    }
  }
}

/** Which values are alive while groups run one after the other. */
class Lifetimes {
  /** For every group the bytes that it makes. */
  readonly #made = new Map<Group, number>()
  /** For every group the values of others that it reads. */
  readonly #reads = new Map<Group, readonly number[]>()
  readonly #readersLeft = new Map<number, number>()
  readonly #graph: Graph

  constructor(graph: Graph, values: NamedValues, groups: readonly Group[]) {
    this.#graph = graph
    for (const group of groups) {
      const own = new Set(group.members.map(({ node }) => node))
      const reads = new Set(
        group.members.flatMap(({ node }) =>
          [...values.reads(node)].filter((read) => values.isNamed(read) && !own.has(read)),
        ),
      )
      this.#reads.set(group, [...reads])
      for (const read of reads) this.#readersLeft.set(read, (this.#readersLeft.get(read) ?? 0) + 1)
    }
    // What is asked for stays to the end, whenever it is computed: its memory must be there anyway.
    const isRoot = new Set(graph.roots)
    for (const root of isRoot) this.#readersLeft.set(root, Infinity)
    for (const group of groups) {
      const made = group.members.filter(({ node }) => this.#readersLeft.has(node) && !isRoot.has(node))
      this.#made.set(
        group,
        made.reduce((sum, { node }) => sum + this.#bytesOf(node), 0),
      )
    }
  }

  /** By how many bytes more values are alive once the group has run. */
  growthBy(group: Group): number {
    const freed = this.#reads.get(group)!.filter((read) => this.#readersLeft.get(read) === 1)
    return this.#made.get(group)! - freed.reduce((sum, read) => sum + this.#bytesOf(read), 0)
  }

  run(group: Group): void {
    for (const read of this.#reads.get(group)!) this.#readersLeft.set(read, this.#readersLeft.get(read)! - 1)
  }

  #bytesOf(node: number): number {
    const { shape, dtype } = this.#graph.nodes[node]!
    return sizeOf(shape) * bytesPerElement[dtype]
  }
}
