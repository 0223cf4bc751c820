import { putTogether, type Tensor, takeApart } from '@neurite/tensor'

/** The same structure with other tensors in the places of those that it holds. */
export function mapTensors<Tree>(tree: Tree, map: (tensors: readonly Tensor[]) => readonly Tensor[]): Tree {
  const tensors: Tensor[] = []
  const structure = takeApart(tree, tensors)
  const mapped = map(tensors)
  let place = 0
  return putTogether(structure, () => mapped[place++]!) as Tree
}
