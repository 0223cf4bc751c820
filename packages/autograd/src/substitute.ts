import { bind, type Tensor } from '@neurite/tensor'
import { visitInOrder } from './order.ts'

/** The graph behind `roots` with other tensors in the places of some: nodes that depend on none of these stay what they are. */
export function substitute(roots: readonly Tensor[], replacements: ReadonlyMap<Tensor, Tensor>): readonly Tensor[] {
  const copies = new Map<Tensor, Tensor>(replacements)
  const standInFor = (node: Tensor): Tensor => copies.get(node) ?? node
  visitInOrder(
    roots,
    (node) => (replacements.has(node) ? [] : node.inputs),
    (node) => {
      if (replacements.has(node) || !node.inputs.some((input) => copies.has(input))) return
      copies.set(node, bind(node.primitive, node.inputs.map(standInFor), node.attributes))
    },
  )
  return roots.map(standInFor)
}
