import type { Tensor } from '@neurite/tensor'

/** Visits the roots and all that `inputsOf` leads to, inputs before users, each once; however deep the graph is. */
export function visitInOrder(
  roots: readonly Tensor[],
  inputsOf: (node: Tensor) => readonly Tensor[],
  visit: (node: Tensor) => void,
): void {
  const seen = new Set<Tensor>()
  const stack = roots.map((node) => ({ node, inputsAreVisited: false }))
  while (stack.length > 0) {
    const { node, inputsAreVisited } = stack.pop()!
    if (inputsAreVisited) {
      visit(node)
      continue
    }
    if (seen.has(node)) continue
    seen.add(node)
    stack.push({ node, inputsAreVisited: true })
    for (const input of inputsOf(node)) if (!seen.has(input)) stack.push({ node: input, inputsAreVisited: false })
  }
}
