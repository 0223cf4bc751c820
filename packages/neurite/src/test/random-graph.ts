// Random graphs over all primitives, from a seed.

import type { RandomStream } from '@neurite/data'
import { allocate, type DType, type PrimitiveName, type Shape, sizeOf, type Tensor } from '@neurite/tensor'
import { type BoundedValue, isFloat } from './bounded-value.ts'
import { randomPrimitives } from './random-primitives.ts'
import { randomRows } from './random-rows.ts'

/** What the makers of random nodes draw from. */
export interface GraphDraw {
  readonly random: RandomStream
  pick<T>(choices: readonly T[]): T
  /** A value made before that passes, or a new leaf of a random shape in a dtype of `dtypes`. */
  value(dtypes: readonly DType[], passes?: (value: BoundedValue) => boolean): BoundedValue
  /** A value of this shape and dtype: one made before or a new leaf. */
  like(shape: Shape, dtype: DType, mustBeExact?: boolean): BoundedValue
  /** A new leaf with elements low, low + step, … at random below high. */
  leaf(shape: Shape, dtype: DType, low: number, high: number, step: number): BoundedValue
}

/** Makes a tensor of data: how depends on who builds the graph. */
export type MakeLeaf = (data: ReturnType<typeof allocate>, shape: Shape, dtype: DType) => Tensor

/** One to four values of a graph of `size` random nodes, the last ones made, and the primitives in it. */
export function randomGraph(random: RandomStream, size: number, makeLeaf: MakeLeaf): BoundedValue[] {
  const pool: BoundedValue[] = []
  const pick = <T>(choices: readonly T[]): T => choices[random.below(choices.length)]!

  const draw: GraphDraw = {
    random,
    pick,
    leaf(shape, dtype, low, high, step) {
      const data = allocate(dtype, sizeOf(shape))
      const count = Math.max(1, Math.floor((high - low) / step))
      for (let i = 0; i < data.length; i++) data[i] = low + step * random.below(count)
      const value = {
        tensor: makeLeaf(data, shape, dtype),
        bound: Math.max(Math.abs(low), Math.abs(high)),
        grain: step,
      }
      pool.push(value)
      return value
    },
    value(dtypes, passes = () => true) {
      const known = pool.filter((value) => dtypes.includes(value.tensor.dtype) && passes(value))
      if (known.length > 0 && random.below(4) > 0) return pick(known)
      return newLeaf(draw, randomShape(random), pick(dtypes))
    },
    like(shape, dtype, mustBeExact = false) {
      const known = pool.filter(
        ({ tensor, grain }) =>
          tensor.dtype === dtype && tensor.shape.join() === shape.join() && (!mustBeExact || grain > 0),
      )
      return known.length > 0 && random.below(3) > 0 ? pick(known) : newLeaf(draw, shape, dtype)
    },
  }

  const names = Object.keys(randomPrimitives) as (keyof typeof randomPrimitives)[]
  for (let made = 0; made < size; ) {
    const value = random.below(12) === 0 ? randomRows(draw) : randomPrimitives[pick(names)](draw)
    if (sizeOf(value.tensor.shape) > largestSize) continue
    pool.push(value)
    made++
  }
  const rootCount = 1 + random.below(4)
  return pool.slice(-rootCount)
}

const largestSize = 3000

function newLeaf(draw: GraphDraw, shape: Shape, dtype: DType): BoundedValue {
  switch (dtype) {
    case 'float32':
    case 'float64':
      return draw.leaf(shape, dtype, -4, 4, 1 / 8)
    case 'int32':
      return draw.leaf(shape, dtype, -9, 9, 1)
    case 'uint8':
      return draw.leaf(shape, dtype, 0, 200, 1)
    case 'bool':
      return draw.leaf(shape, dtype, 0, 2, 1)
  }
}

/** Up to four axes; now and then one of them has no or one element, and sometimes one is long. */
export function randomShape(random: RandomStream): Shape {
  const sizes = [1, 2, 3, 4, 5, 7, 8, 13]
  const shape = Array.from({ length: random.below(5) }, () => sizes[random.below(sizes.length)]!)
  if (shape.length > 0 && random.below(24) === 0) shape[random.below(shape.length)] = 0
  if (shape.length === 1 && random.below(3) === 0) shape[0] = 40 + random.below(200)
  return sizeOf(shape) > largestSize ? shape.slice(0, 2) : shape
}

/** The primitives in the graphs behind some tensors. */
export function primitivesIn(roots: readonly Tensor[]): ReadonlySet<PrimitiveName> {
  const seen = new Set<Tensor>()
  const stack = [...roots]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue
    seen.add(node)
    stack.push(...node.inputs)
  }
  return new Set([...seen].map(({ primitive }) => primitive))
}

/** How far a float may be from the reference: rounding grows with the values and the depth of the graph. */
export function toleranceOf({ tensor, bound, grain }: BoundedValue): number {
  return isFloat(tensor) && grain === 0 ? 3e-4 * Math.max(1, bound) : 0
}
