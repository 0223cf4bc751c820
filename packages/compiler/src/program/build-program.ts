// From a graph to a program: name, fuse, order, lower, place.

import { formGroups } from '../fusion/form-groups.ts'
import type { Group } from '../fusion/group.ts'
import { chooseMaterialized } from '../fusion/materialize.ts'
import { NamedValues } from '../fusion/named-values.ts'
import type { Graph } from '../graph/graph.ts'
import { collapseAxes, type Kernel, type Program } from '../kernel/index.ts'
import { placeBuffers } from './arena.ts'
import type { Bindings } from './binding.ts'
import { BufferTable } from './buffer-table.ts'
import { lowerGroup } from './lower-group.ts'
import { nameLeafRoots } from './name-leaf-roots.ts'
import { findStateWrites } from './state-writes.ts'

/** The program of a rewritten graph. `bindings` says what the graph's inputs and roots are. */
export function buildProgram(rewritten: Graph, bindings: Bindings): Program {
  const graph = nameLeafRoots(rewritten)
  const values = new NamedValues(graph, chooseMaterialized(graph))
  const { order, inPlace } = findStateWrites(graph, values, formGroups(graph, values), bindings)
  const table = new BufferTable(graph, bindings, storedValues(values, order), inPlace)
  const kernels: Kernel[] = order.map((group) => collapseAxes(lowerGroup(graph, group, table)))
  kernels.push(...table.copies())
  const { buffers, arenaBytes } = placeBuffers(table.buffers, kernels)
  const { inputs, outputs, states, faults } = table
  return { buffers, kernels, inputs, outputs, states, faults, arenaBytes }
}

/** The named values that another kernel reads. */
function storedValues(values: NamedValues, groups: readonly Group[]): ReadonlySet<number> {
  const stored = new Set<number>()
  for (const { members } of groups) {
    const own = new Set(members.map(({ node }) => node))
    for (const member of own)
      for (const read of values.reads(member)) if (values.isNamed(read) && !own.has(read)) stored.add(read)
  }
  return stored
}
