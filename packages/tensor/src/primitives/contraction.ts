import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type { ContractionName, Primitives, ShapeRules, TensorType } from '../primitive.ts'
import { normalizeAxes, type Shape } from '../shape.ts'
import { spread } from './spread.ts'

export const contractionShapes: ShapeRules<ContractionName> = {
  contract: ([left, right], { batch, over }) => {
    // C1
    checkDTypes('contract', left!, right!)
    const [a, b] = [left!.shape, right!.shape]
    const pairs = [...batch, ...over]
    // C2
    normalizeAxes('contract', pairs.map(firstOf), a.length)
    normalizeAxes('contract', pairs.map(secondOf), b.length)
    // C3
    for (const [i, j] of pairs)
      if (a[i] !== b[j])
        throw new ShapeError(
          `contract: sizes of the pair [${i}, ${j}] differ: ${showShape(a)} × ${showShape(b)} (${a[i]} ≠ ${b[j]}). Pair other axes?`,
        )
    const shape = batch.map(([i]) => a[i]!)
    for (const axis of freeAxes(a, pairs.map(firstOf))) shape.push(a[axis]!)
    for (const axis of freeAxes(b, pairs.map(secondOf))) shape.push(b[axis]!)
    return { shape, dtype: left!.dtype }
  },

  convolution: ([input, kernel], attributes) => {
    // C1
    checkDTypes('convolution', input!, kernel!)
    const [x, w] = [input!.shape, kernel!.shape]
    // C2, C3
    checkChannels(x, w)
    // C4, C5
    checkSteps(attributes, x.length - 3)
    const positions = x.slice(3).map((length, i) => positionCount(length, w[3 + i]!, attributes, i))
    return { shape: [x[0]!, x[1]!, w[1]!, ...positions], dtype: input!.dtype }
  },
}

/** Axes that belong to no pair. */
export function freeAxes(shape: Shape, paired: readonly number[]): number[] {
  return Array.from(shape, (_, axis) => axis).filter((axis) => !paired.includes(axis))
}

export function firstOf(pair: readonly [number, number]): number {
  return pair[0]
}

export function secondOf(pair: readonly [number, number]): number {
  return pair[1]
}

function checkDTypes(name: ContractionName, a: TensorType, b: TensorType): void {
  if (a.dtype !== b.dtype)
    throw new DTypeError(`${name}: dtypes differ: ${a.dtype} and ${b.dtype}. Cast one operand to the other's dtype.`)
  if (a.dtype === 'bool') throw new DTypeError(`${name}: takes numbers, not bool. Cast both operands first?`)
}

function checkChannels(x: Shape, w: Shape): void {
  const operands = `input ${showShape(x)} with kernel ${showShape(w)}`
  // C2
  if (x.length < 3 || x.length !== w.length)
    throw new ShapeError(
      `convolution: takes an input [N, G, C, ...spatial] and a kernel [G, O, C, ...kernel] of equally many axes, not ${operands} ` +
        `(${x.length} and ${w.length} axes).`,
    )
  // C3
  if (x[1] !== w[0]) throw new ShapeError(`convolution: groups differ: ${operands} (${x[1]} ≠ ${w[0]}).`)
  if (x[2] !== w[2]) throw new ShapeError(`convolution: channels in a group differ: ${operands} (${x[2]} ≠ ${w[2]}).`)
}

function checkSteps(attributes: Primitives['convolution'], spatial: number): void {
  const { strides, low, high, inputDilation, kernelDilation } = attributes
  for (const [name, list] of Object.entries({ strides, low, high, inputDilation, kernelDilation })) {
    // C4
    if (list.length !== spatial)
      throw new ShapeError(`convolution: ${name} ${showShape(list)} needs ${spatial} entries, one per spatial axis.`)
    const least = list === low || list === high ? -Infinity : 1
    // C5
    if (list.some((entry) => !Number.isInteger(entry) || entry < least))
      throw new ShapeError(`convolution: ${name} ${showShape(list)} must be ${least === 1 ? 'positive ' : ''}integers.`)
  }
}

function positionCount(length: number, size: number, attributes: Primitives['convolution'], i: number): number {
  const { strides, low, high, inputDilation, kernelDilation } = attributes
  const padded = low[i]! + spread(length, inputDilation[i]!) + high[i]!
  const extent = spread(size, kernelDilation[i]!)
  // C6
  if (size === 0 || extent > padded)
    throw new ShapeError(
      `convolution: along spatial axis ${i} a kernel of ${size} (dilation ${kernelDilation[i]}) spans ${extent} elements, ` +
        `the input of ${length} (dilation ${inputDilation[i]}) with padding ${low[i]} and ${high[i]} only ${padded}. Pad it more?`,
    )
  return Math.floor((padded - extent) / strides[i]!) + 1
}
