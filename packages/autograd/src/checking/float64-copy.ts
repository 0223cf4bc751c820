import { bind, evaluate, isFloating, type PrimitiveName, type Primitives, type Tensor, tensor } from '@neurite/tensor'
import { visitInOrder } from '../order.ts'

/** A loss in float64, each of whose targets has a displacement added to it: leaves of zeros that can take other values. */
export interface Float64Copy {
  readonly loss: Tensor
  /** In the order of the targets. */
  readonly displacements: readonly Tensor[]
  /** Values of the targets, likewise. */
  readonly values: readonly Tensor[]
}

/**
 * Copies what a loss is made of from the targets on. All else keeps its value, as does what stands behind a `stopGradient`.
 *
 * The targets may depend on one another: displacing one displaces what is computed from it.
 */
export async function copyInFloat64(loss: Tensor, targets: readonly Tensor[]): Promise<Float64Copy> {
  const isTarget = new Set(targets)
  const moving = movingNodes(loss, isTarget)
  const isComputed = (node: Tensor): boolean =>
    node.primitive !== 'stopGradient' && node.inputs.some((input) => moving.has(input))
  const fixed = new Set<Tensor>(moving.has(loss) ? [] : [loss])
  for (const node of moving) {
    if (!isComputed(node)) fixed.add(node)
    else for (const input of node.inputs) if (!moving.has(input)) fixed.add(input)
  }
  await evaluate([...fixed])

  const copies = new Map<Tensor, Tensor>()
  for (const node of fixed) copies.set(node, await fixedCopy(node))
  const displacements = new Map<Tensor, Tensor>()
  for (const node of moving) {
    const copy = isComputed(node) ? computedCopy(node, copies) : copies.get(node)!
    const displacement = isTarget.has(node) ? zeroLeaf(node) : undefined
    if (displacement !== undefined) displacements.set(node, displacement)
    copies.set(node, displacement === undefined ? copy : copy.add(displacement))
  }
  return {
    loss: copies.get(loss)!,
    displacements: targets.map((target) => displacements.get(target)!),
    values: targets.map((target) => copies.get(target)!),
  }
}

/** The targets and what depends on them, inputs before users. */
function movingNodes(loss: Tensor, targets: ReadonlySet<Tensor>): Set<Tensor> {
  const moving = new Set<Tensor>()
  const inputsOf = (node: Tensor): readonly Tensor[] => node.inputs
  visitInOrder([loss, ...targets], inputsOf, (node) => {
    const isMoved = node.primitive !== 'stopGradient' && node.inputs.some((input) => moving.has(input))
    if (isMoved || targets.has(node)) moving.add(node)
  })
  return moving
}

async function fixedCopy(node: Tensor): Promise<Tensor> {
  const data = await node.data()
  if (!isFloating(node.dtype)) return tensor(data, { shape: node.shape, dtype: node.dtype })
  return tensor(Float64Array.from(data), { shape: node.shape, dtype: 'float64' })
}

function computedCopy(node: Tensor, copies: ReadonlyMap<Tensor, Tensor>): Tensor {
  const inputs = node.inputs.map((input) => copies.get(input)!)
  // Of the primitives that have inputs only the cast names a dtype.
  const isFloatingCast = node.primitive === 'cast' && isFloating(node.dtype)
  const attributes = isFloatingCast ? { dtype: 'float64' as const } : node.attributes
  return bind(node.primitive, inputs, attributes as Primitives[PrimitiveName])
}

function zeroLeaf({ size, shape }: Tensor): Tensor {
  return tensor(new Float64Array(size), { shape, dtype: 'float64' })
}
