// Which values get a name of their own. The others are computed inside whoever reads them.
//
// A named value costs a store and a load only if it ends up in another kernel than one of its readers: inside a group it is a
// shared sub-expression. So naming is generous, and what it guards against is work done twice.

import { sizeOf } from '@neurite/tensor'
import { type Graph, type GraphNode, usersOf } from '../graph/graph.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import { costPerElement } from './cost.ts'
import { NamedValues } from './named-values.ts'

// Recomputing this much per element is no dearer than a store and a load.
const worthRecomputing = 3
// Beside the arithmetic of a contraction or the many reads of a window, this much per element is lost in the noise.
const worthRepacking = 2
// A value computed once per row or once per kernel is hoisted out of the loop, if it is cheap.
const worthHoisting = 8
// Longer expressions than this run out of registers and compile slowly.
const longestExpression = 300

/** Which nodes are named: stored, or shared inside one kernel. Views and leaves are not. */
export function nameValues(graph: Graph): NamedValues {
  const users = usersOf(graph)
  const isRoot = new Set(graph.roots)
  const cost = new Float64Array(graph.nodes.length)
  const isNamed = new Array<boolean>(graph.nodes.length).fill(false)
  const ownCost = new Float64Array(graph.nodes.length)
  graph.nodes.forEach((node, id) => {
    const rule = loweringRuleOf(node.primitive)
    if (rule.kind === 'leaf') return
    let inlined = costPerElement[node.primitive]
    for (const input of node.inputs) inlined += cost[input]!
    const named =
      rule.kind !== 'pointwise' ||
      isRoot.has(id) ||
      // The steps of a loop read buffers.
      users[id]!.some((user) => graph.nodes[user]!.primitive === 'scan') ||
      (rule.isView !== true && inlined > 0 && isWorthNaming(graph, users, id, inlined))
    isNamed[id] = named
    ownCost[id] = inlined
    cost[id] = named ? 0 : inlined
  })
  return new NamedValues(graph, isNamed, ownCost)
}

function isWorthNaming(graph: Graph, users: readonly (readonly number[])[], id: number, cost: number): boolean {
  if (cost > longestExpression) return true
  const readers = readersThroughViews(graph, users, id)
  // A decision is one byte; taking it again reads all that it was taken from, such as what an activation was applied to.
  const isDear = cost > worthRecomputing || graph.nodes[id]!.dtype === 'bool'
  // One reader may read it at several places: shifted, say.
  if (isDear && new Set(readers.map(({ reader, through }) => `${through} ${reader}`)).size > 1) return true
  return readers.some(({ reader, repeats }) => {
    const { primitive } = graph.nodes[reader]!
    const kind = loweringRuleOf(primitive).kind
    if (kind === 'contraction' || primitive === 'overlapAdd') return cost > worthRepacking
    return repeats === 'windows' ? cost > worthRepacking : repeats === 'broadcast' && cost > worthHoisting
  })
}

type Repeats = 'no' | 'broadcast' | 'windows'

interface Reading {
  readonly reader: number
  /** The last view in between, or the value itself. */
  readonly through: number
  /** Whether the views between read elements more than once. */
  readonly repeats: Repeats
}

/** Who computes with the value, views seen through. */
function readersThroughViews(
  graph: Graph,
  users: readonly (readonly number[])[],
  id: number,
  repeats: Repeats = 'no',
  found: Reading[] = [],
): readonly Reading[] {
  for (const user of users[id]!) {
    const node = graph.nodes[user]!
    const rule = loweringRuleOf(node.primitive)
    if (rule.kind === 'pointwise' && rule.isView === true)
      readersThroughViews(graph, users, user, repeatsOf(node, graph.nodes[id]!) ?? repeats, found)
    else
      found.push({
        reader: user,
        through: id,
        repeats: node.primitive === 'gather' && node.inputs[0] === id ? 'windows' : repeats,
      })
  }
  return found
}

function repeatsOf(view: GraphNode, input: GraphNode): Repeats | undefined {
  if (sizeOf(view.shape) <= sizeOf(input.shape)) return undefined
  return view.primitive === 'window' ? 'windows' : view.primitive === 'broadcast' ? 'broadcast' : undefined
}
