import {
  binaryNames,
  type PrimitiveName,
  type Primitives,
  type ScanBody,
  type Shape,
  type Tensor,
  unaryNames,
} from '@neurite/tensor'

const elementwise: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([...unaryNames, ...binaryNames, 'select'])
const reductions: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>(['sum', 'product', 'max', 'min', 'argMax'])

/**
 * Floating-point operations between inputs and outputs: a multiplication and an addition for every term of a contraction or
 * convolution, one for every element of elementwise functions and of what is reduced; nothing for moving elements.
 */
export function flopsBetween(inputs: readonly Tensor[], outputs: readonly Tensor[]): number {
  const seen = new Set<Tensor>(inputs)
  const loops = new Set<ScanBody>()
  const stack = [...outputs]
  let total = 0
  while (stack.length > 0) {
    const node = stack.pop()!
    if (seen.has(node)) continue
    seen.add(node)
    if (node.isLeaf) continue
    total += flopsOf(node, loops)
    stack.push(...node.inputs)
  }
  return total
}

function flopsOf(node: Tensor, loops: Set<ScanBody>): number {
  const { primitive } = node
  if (primitive === 'scan') return flopsOfLoop((node.attributes as Primitives['scan']).body, loops)
  if (primitive === 'contract') {
    const { over } = node.attributes as Primitives['contract']
    const left: Shape = node.inputs[0]!.shape
    return 2 * node.size * over.reduce((terms, [axis]) => terms * left[axis]!, 1)
  }
  if (primitive === 'convolution') {
    // [groups, outputs, inputs, ...kernel]: each output sees all but the first two axes.
    const kernel: Shape = node.inputs[1]!.shape
    return 2 * node.size * kernel.slice(2).reduce((terms, length) => terms * length, 1)
  }
  if (reductions.has(primitive)) return node.inputs[0]!.size
  return elementwise.has(primitive) && primitive !== 'cast' ? node.size : 0
}

/** Several results of one loop are one loop. */
function flopsOfLoop(body: ScanBody, loops: Set<ScanBody>): number {
  if (loops.has(body)) return 0
  loops.add(body)
  return body.length * flopsBetween(body.leaves, [...body.nextCarries, ...body.outputs])
}
