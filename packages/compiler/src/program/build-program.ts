// From a graph to a program: name, fuse, order, lower, place.

import { formGroups } from '../fusion/form-groups.ts'
import type { Group } from '../fusion/group.ts'
import { nameValues } from '../fusion/name-values.ts'
import type { Graph } from '../graph/graph.ts'
import { type Kernel, type Program, placeBuffers, type Repeat } from '../kernel/index.ts'
import type { Bindings } from './binding.ts'
import { BufferTable } from './buffer-table.ts'
import { lowerGroup } from './lower-group.ts'
import { lowerScan } from './lower-scan.ts'
import { nameLeafRoots } from './name-leaf-roots.ts'
import { findStateWrites } from './state-writes.ts'
import { storedValues } from './stored-values.ts'
import { tidied } from './tidy-kernel.ts'

/** The program of a rewritten graph. `bindings` says what the graph's inputs and roots are. */
export function buildProgram(rewritten: Graph, bindings: Bindings): Program {
  const graph = nameLeafRoots(rewritten)
  const values = nameValues(graph)
  const { order, inPlace } = findStateWrites(graph, values, formGroups(graph, values), bindings)
  const table = new BufferTable(graph, bindings, { ...storedValues(values, order), inPlace })
  const { kernels, repeats } = lowerGroups(graph, order, table)
  kernels.push(...table.copies())
  const { buffers, arenaBytes } = placeBuffers(table.buffers, kernels, repeats)
  const { inputs, outputs, states, faults } = table
  return { buffers, kernels, ...(repeats.length > 0 ? { repeats } : {}), inputs, outputs, states, faults, arenaBytes }
}

function lowerGroups(
  graph: Graph,
  groups: readonly Group[],
  table: BufferTable,
): { readonly kernels: Kernel[]; readonly repeats: Repeat[] } {
  const kernels: Kernel[] = []
  const repeats: Repeat[] = []
  for (const group of groups) {
    if (group.core === undefined || graph.nodes[group.core]!.primitive !== 'scan') {
      kernels.push(...tidied(lowerGroup(graph, group, table)))
      continue
    }
    const { before, repeated, count, after } = lowerScan(graph, group, table)
    kernels.push(...before)
    const first = kernels.length
    if (repeated.length > 0) repeats.push({ first, last: first + repeated.length - 1, count })
    kernels.push(...repeated, ...after)
  }
  return { kernels, repeats }
}
