// Where an expression reads: found by lowering it for show.

import type { Graph } from '../graph/graph.ts'
import { constantScalar, type Index, type Scalar } from '../kernel/index.ts'
import { loweringRuleOf } from '../lowering/index.ts'
import { axisIndices } from '../lowering/index-arithmetic.ts'
import type { LoweringContext, LoweringRule } from '../lowering/rule.ts'
import { ExpressionCache } from '../program/expression-cache.ts'
import type { Member } from './group.ts'
import type { NamedValues } from './named-values.ts'

/** For every named value that a member of a loop reads the indices, over the kernel's axes and the member's own. */
export function readsAt(
  graph: Graph,
  values: NamedValues,
  { node, index, inner }: Member,
  extents: readonly number[],
): ReadonlyMap<number, readonly (readonly Index[])[]> {
  const found = new Map<number, (readonly Index[])[]>()
  const cache = new ExpressionCache()
  const context: LoweringContext = {
    extents: [...extents, ...inner],
    shapeOf: (id) => graph.nodes[id]!.shape,
    fault: () => 0,
    read(id, at) {
      if (!values.isNamed(id)) return cache.find(id, at, () => lower(id, at))
      const known = found.get(id)
      if (known === undefined) found.set(id, [at])
      else known.push(at)
      return constantScalar(0, graph.nodes[id]!.dtype)
    },
  }

  function lower(id: number, at: readonly Index[]): Scalar {
    const rule = loweringRuleOf(graph.nodes[id]!.primitive) as LoweringRule<never>
    const read = graph.nodes[id] as never
    if (rule.kind === 'pointwise') return rule.value(read, at, context)
    if (rule.kind === 'reduction') return rule.value(read, at, axisIndices(inner, extents.length), context)
    return constantScalar(0, graph.nodes[id]!.dtype)
  }

  lower(node, index)
  return found
}
