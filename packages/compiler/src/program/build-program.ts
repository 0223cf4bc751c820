// From a graph to a program: name, fuse, order, lower, place.

import { formGroups } from '../fusion/form-groups.ts'
import { nameValues } from '../fusion/name-values.ts'
import type { Graph } from '../graph/graph.ts'
import { collapseAxes, type Kernel, type Program, splitDividedAxes } from '../kernel/index.ts'
import { placeBuffers } from './arena.ts'
import type { Bindings } from './binding.ts'
import { BufferTable } from './buffer-table.ts'
import { lowerGroup } from './lower-group.ts'
import { nameLeafRoots } from './name-leaf-roots.ts'
import { findStateWrites } from './state-writes.ts'
import { storedValues } from './stored-values.ts'

/** The program of a rewritten graph. `bindings` says what the graph's inputs and roots are. */
export function buildProgram(rewritten: Graph, bindings: Bindings): Program {
  const graph = nameLeafRoots(rewritten)
  const values = nameValues(graph)
  const { order, inPlace } = findStateWrites(graph, values, formGroups(graph, values), bindings)
  const table = new BufferTable(graph, bindings, { ...storedValues(values, order), inPlace })
  const kernels: Kernel[] = order.map((group) => tidied(lowerGroup(graph, group, table)))
  kernels.push(...table.copies())
  const { buffers, arenaBytes } = placeBuffers(table.buffers, kernels)
  const { inputs, outputs, states, faults } = table
  return { buffers, kernels, inputs, outputs, states, faults, arenaBytes }
}

/** The kernel over as few axes as describe it without divisions. */
function tidied(kernel: Kernel): Kernel {
  return collapseAxes(kernel.kind === 'loop' ? splitDividedAxes(kernel) : kernel)
}
