// From a graph to a program: choose, fuse, order, lower, place.

import { sizeOf } from '@neurite/tensor'
import { formGroups } from '../fusion/form-groups.ts'
import type { Group } from '../fusion/group.ts'
import { chooseMaterialized } from '../fusion/materialize.ts'
import { type Graph, usersOf } from '../graph/graph.ts'
import { type Buffer, bytesPerElement, collapseAxes, type Kernel, type Program } from '../kernel/index.ts'
import type { Bindings } from './binding.ts'
import { BufferTable } from './buffer-table.ts'
import { lowerGroup } from './lower-group.ts'
import { planMemory } from './memory.ts'
import { orderGroups } from './schedule.ts'
import { findStateWrites } from './state-writes.ts'

/** A program and how it came about, for `explain`. */
export interface ProgramPlan {
  readonly graph: Graph
  readonly groups: readonly Group[]
  readonly program: Program
}

export function buildProgram(graph: Graph, bindings: Bindings): ProgramPlan {
  const materialized = chooseMaterialized(graph)
  const groups = formGroups(graph, materialized)
  const writes = findStateWrites(graph, materialized, groups, bindings)
  const order = writes.order ?? orderGroups(groups, writes.needs)
  if (order === undefined) throw new Error('buildProgram: groups wait for each other; this is a fault of the compiler.')

  const table = new BufferTable(graph, bindings, writes.inPlace, nodesStored(graph, materialized, order))
  const kernels: Kernel[] = order.map((group) => collapseAxes(lowerGroup(graph, group, table)))
  kernels.push(...table.copies())
  const buffers = placeBuffers(table.buffers, kernels, table)
  const program: Program = {
    buffers: buffers.buffers,
    kernels,
    inputs: table.inputs,
    outputs: table.outputs,
    states: table.states,
    faults: table.faults,
    arenaBytes: buffers.arenaBytes,
  }
  return { graph, groups: order, program }
}
