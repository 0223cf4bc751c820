// For every primitive a way to apply it to random operands within its domain.

import {
  type BinaryName,
  bind,
  broadcastShapes,
  CustomGradient,
  type DType,
  type PrimitiveName,
  type Shape,
  sizeOf,
  type Tensor,
  type UnaryName,
} from '@neurite/tensor'
import { awayFromZero, type BoundedValue, constantLike, isFloat, scaled, settled } from './bounded-value.ts'
import { type GraphDraw, randomShape } from './random-graph.ts'
import { randomMovements } from './random-movements.ts'
import { randomScan } from './random-scan.ts'

export type RandomPrimitive = (draw: GraphDraw) => BoundedValue

const floats = ['float32', 'float64'] as const
const numbers = [...floats, 'int32', 'uint8'] as const
const integers = ['int32', 'uint8'] as const
const all = [...numbers, 'bool'] as const

const isExact = ({ grain }: BoundedValue): boolean => grain > 0
const isNotEmpty = ({ tensor }: BoundedValue): boolean => tensor.size > 0

function unary(
  name: UnaryName,
  domain: (x: Tensor) => Tensor,
  bound: (bound: number) => number,
  isExactAgain = false,
): RandomPrimitive {
  return (draw) => {
    const x = draw.value(floats)
    return settled(bind(name, [domain(x.tensor)], {}), bound(x.bound), isExactAgain ? x.grain : 0)
  }
}

const anywhere = (x: Tensor): Tensor => x
/** Squashed into [−3, 3]. */
const small = (x: Tensor): Tensor => scaled(bind('tanh', [x], {}), 3)

const unaries: { readonly [N in UnaryName]: RandomPrimitive } = {
  negate: signed('negate'),
  absolute: signed('absolute'),
  sqrt: unary(
    'sqrt',
    (x) => awayFromZero(x, 0.25),
    (bound) => Math.sqrt(bound + 1),
  ),
  exp: unary('exp', small, () => 21),
  log: unary(
    'log',
    (x) => awayFromZero(x, 0.25),
    (bound) => Math.log(bound + 2) + 2,
  ),
  sin: unary('sin', anywhere, () => 1),
  cos: unary('cos', anywhere, () => 1),
  tanh: unary('tanh', anywhere, () => 1),
  sigmoid: unary('sigmoid', anywhere, () => 1),
  erf: unary('erf', anywhere, () => 1),
  floor: rounding('floor'),
  round: rounding('round'),
}

function signed(name: 'negate' | 'absolute'): RandomPrimitive {
  return (draw) => {
    const x = draw.value(numbers)
    return settled(bind(name, [x.tensor], {}), x.bound, x.grain)
  }
}

function rounding(name: 'floor' | 'round'): RandomPrimitive {
  return (draw) => {
    const x = draw.value(floats, isExact)
    return settled(bind(name, [x.tensor], {}), x.bound + 1, Math.max(1, x.grain))
  }
}

function binary(
  name: BinaryName,
  dtypes: readonly DType[],
  bound: (a: number, b: number) => number,
  grain: (a: number, b: number) => number,
  mustBeExact = false,
): RandomPrimitive {
  return (draw) => {
    const a = draw.value(dtypes, mustBeExact ? isExact : undefined)
    const b = draw.like(a.tensor.shape, a.tensor.dtype, mustBeExact)
    return settled(bind(name, [a.tensor, b.tensor], {}), bound(a.bound, b.bound), grain(a.grain, b.grain))
  }
}

const sum = (a: number, b: number): number => a + b
const product = (a: number, b: number): number => a * b

function divideOrPower(name: 'divide' | 'power'): RandomPrimitive {
  return (draw) => {
    const a = draw.value(name === 'divide' ? numbers : floats)
    const b = draw.like(a.tensor.shape, a.tensor.dtype)
    if (name === 'power')
      return settled(bind('power', [awayFromZero(small(a.tensor), 0.5), small(b.tensor)], {}), 50, 0)
    const divisor = isFloat(b.tensor) ? awayFromZero(b.tensor, 0.5) : b.tensor
    return settled(bind('divide', [a.tensor, divisor], {}), 2 * a.bound, 0)
  }
}

const binaries: { readonly [N in BinaryName]: RandomPrimitive } = {
  add: binary('add', numbers, sum, Math.min),
  subtract: binary('subtract', numbers, sum, Math.min),
  multiply: binary('multiply', numbers, product, product),
  divide: divideOrPower('divide'),
  remainder: (draw) => {
    const a = draw.value(numbers, isExact)
    const b = draw.like(a.tensor.shape, a.tensor.dtype, true)
    const divisor = isFloat(b.tensor) ? awayFromZero(b.tensor, 0.5) : b.tensor
    return settled(bind('remainder', [a.tensor, divisor], {}), b.bound + 1, Math.min(a.grain, b.grain, 0.5))
  },
  power: divideOrPower('power'),
  maximum: binary('maximum', all, Math.max, Math.min),
  minimum: binary('minimum', all, Math.max, Math.min),
  less: binary(
    'less',
    all,
    () => 1,
    () => 1,
    true,
  ),
  lessEqual: binary(
    'lessEqual',
    all,
    () => 1,
    () => 1,
    true,
  ),
  equal: binary(
    'equal',
    all,
    () => 1,
    () => 1,
    true,
  ),
  and: binary('and', [...integers, 'bool'], sum, () => 1),
  or: binary('or', [...integers, 'bool'], sum, () => 1),
  xor: binary('xor', [...integers, 'bool'], sum, () => 1),
  shiftLeft: binary('shiftLeft', integers, sum, () => 1),
  shiftRightLogical: binary('shiftRightLogical', integers, sum, () => 1),
}

function reduction(name: 'sum' | 'product' | 'max' | 'min' | 'argMax'): RandomPrimitive {
  return (draw) => {
    const isExtremum = name === 'max' || name === 'min' || name === 'argMax'
    const x = draw.value(
      isExtremum ? all : numbers,
      (value) => isNotEmpty(value) && (name !== 'argMax' || isExact(value)),
    )
    const operand: Tensor<Shape> = name === 'product' && isFloat(x.tensor) ? bind('tanh', [x.tensor], {}) : x.tensor
    const axes = operand.shape.flatMap((length, axis) => (length > 0 && draw.random.below(2) === 0 ? [axis] : []))
    const count = sizeOf(axes.map((axis) => operand.shape[axis]!))
    if (name === 'sum') return settled(bind('sum', [operand], { axes }), x.bound * count, x.grain)
    if (name === 'product') return settled(bind('product', [operand], { axes }), 1, 0)
    if (name === 'argMax') return settled(bind('argMax', [operand], { axes }), count, 1)
    return settled(bind(name, [operand], { axes, ties: draw.pick(['share', 'first']) }), x.bound, x.grain)
  }
}

const contract: RandomPrimitive = (draw) => {
  const sizes = (count: number): number[] => Array.from({ length: count }, () => 1 + draw.random.below(9))
  const [batch, over, rows, columns] = [2, 3, 3, 3].map((count) => sizes(draw.random.below(count))) as [
    number[],
    number[],
    number[],
    number[],
  ]
  const dtype = draw.pick([...floats, 'float32', 'float32', 'int32'] as const)
  const side = (free: readonly number[]): { operand: BoundedValue; places: readonly number[] } => {
    const extents = [...batch, ...over, ...free]
    const places = shuffled(draw, extents)
    const shape = new Array<number>(extents.length)
    places.forEach((place, i) => {
      shape[place] = extents[i]!
    })
    return { operand: draw.like(shape, dtype), places }
  }
  const [left, right] = [side(rows), side(columns)]
  const pairs = [...batch, ...over].map((_, i) => [left.places[i]!, right.places[i]!] as const)
  const result = bind('contract', [left.operand.tensor, right.operand.tensor], {
    batch: pairs.slice(0, batch.length),
    over: pairs.slice(batch.length),
  })
  return settled(
    result,
    sizeOf(over) * left.operand.bound * right.operand.bound,
    left.operand.grain * right.operand.grain,
  )
}

function shuffled(draw: GraphDraw, items: readonly unknown[]): number[] {
  const places = items.map((_, i) => i)
  for (let i = places.length - 1; i > 0; i--) {
    const j = draw.random.below(i + 1)
    ;[places[i], places[j]] = [places[j]!, places[i]!]
  }
  return places
}

const convolution: RandomPrimitive = (draw) => {
  const spatial = 1 + draw.random.below(2)
  const each = (low: number, count: number): number[] =>
    Array.from({ length: spatial }, () => low + draw.random.below(count))
  const [images, groups, channels, outputs] = [1, 1, 1, 1].map(() => 1 + draw.random.below(4)) as [
    number,
    number,
    number,
    number,
  ]
  const kernelSizes = each(1, 3)
  const attributes = {
    strides: each(1, 2),
    low: each(-1, 3),
    high: each(-1, 3),
    inputDilation: each(1, 2),
    kernelDilation: each(1, 2),
  }
  // Long enough for one window, whatever is cropped.
  const lengths = kernelSizes.map((size, i) => (size - 1) * attributes.kernelDilation[i]! + 3 + draw.random.below(6))
  const dtype = draw.pick(['float32', 'float32', 'float64', 'int32'] as const)
  const input = draw.like([images, groups, channels, ...lengths], dtype)
  const kernel = draw.like([groups, outputs, channels, ...kernelSizes], dtype)
  const terms = channels * sizeOf(kernelSizes)
  const result = bind('convolution', [input.tensor, kernel.tensor], attributes)
  return settled(result, terms * input.bound * kernel.bound, input.grain * kernel.grain)
}

const gather: RandomPrimitive = (draw) => {
  const source = draw.value(all, ({ tensor }) => tensor.rank > 0 && tensor.size > 0)
  if (source.tensor.rank === 0 || source.tensor.size === 0) return source
  const axis = draw.random.below(source.tensor.rank)
  const indices = draw.leaf(indexShape(draw), 'int32', 0, source.tensor.shape[axis]!, 1)
  return settled(bind('gather', [source.tensor, indices.tensor], { axis }), source.bound, source.grain)
}

const scatterAdd: RandomPrimitive = (draw) => {
  const updates = draw.value(numbers, ({ tensor }) => tensor.rank > 0)
  if (updates.tensor.rank === 0) return updates
  const axis = draw.random.below(updates.tensor.rank)
  const size = 1 + draw.random.below(5)
  const indices = draw.leaf([updates.tensor.shape[axis]!], 'int32', 0, size, 1)
  const result = bind('scatterAdd', [updates.tensor, indices.tensor], { axis, size })
  return settled(result, updates.bound * Math.max(1, indices.tensor.size), updates.grain)
}

function indexShape(draw: GraphDraw): Shape {
  return Array.from({ length: draw.random.below(3) }, () => 1 + draw.random.below(4))
}

/** One maker per primitive; leaves come about by themselves. */
export const randomPrimitives: { readonly [P in Exclude<PrimitiveName, 'input'>]: RandomPrimitive } = {
  ...unaries,
  ...binaries,
  ...randomMovements,
  constant: (draw) => {
    const dtype = draw.pick(all)
    const value = dtype === 'bool' ? draw.random.below(2) : draw.random.below(9)
    return settled(bind('constant', [], { shape: randomShape(draw.random), dtype, value }), 9, 1)
  },
  iota: (draw) => {
    const shape = [...randomShape(draw.random), 1 + draw.random.below(9)]
    const axis = draw.random.below(shape.length)
    return settled(bind('iota', [], { shape, dtype: draw.pick(['float32', 'int32'] as const), axis }), 250, 1)
  },
  cast: (draw) => {
    const x = draw.value(all, isExact)
    const dtype = draw.pick(all)
    // Integers may be anything by now, and not all of them are floats.
    const bound = isFloat(x.tensor) ? x.bound : 2 ** 31
    return settled(bind('cast', [x.tensor], { dtype }), bound, isFloat(x.tensor) ? x.grain : 0)
  },
  select: (draw) => {
    const a = draw.value(all)
    const b = draw.like(a.tensor.shape, a.tensor.dtype)
    const condition = draw.like(a.tensor.shape, 'bool')
    const chosen = bind('select', [condition.tensor, a.tensor, b.tensor], {})
    return settled(chosen, Math.max(a.bound, b.bound), Math.min(a.grain, b.grain))
  },
  stopGradient: (draw) => {
    const x = draw.value(all)
    return settled(bind('stopGradient', [x.tensor], {}), x.bound, x.grain)
  },
  customGradient: (draw) => {
    const [x, y] = [draw.value(all), draw.value(all)]
    const call = new CustomGradient(2, () => [])
    const place = draw.random.below(2)
    const { bound, grain } = [x, y][place]!
    return settled(bind('customGradient', [x.tensor, y.tensor], { call, place }), bound, grain)
  },
  barrier: (draw) => {
    const [x, y] = [draw.value(all), draw.value(all)]
    return settled(bind('barrier', [x.tensor, y.tensor], {}), x.bound, x.grain)
  },
  broadcast: (draw) => {
    const x = draw.value(all)
    const shape = x.tensor.shape.map((length) => (length === 1 ? 1 + draw.random.below(4) : length))
    const added = draw.random.below(2) === 0 ? [] : [1 + draw.random.below(3)]
    const target = broadcastShapes('broadcast', x.tensor.shape, [...added, ...shape])
    return settled(bind('broadcast', [x.tensor], { shape: target }), x.bound, x.grain)
  },
  sum: reduction('sum'),
  product: reduction('product'),
  max: reduction('max'),
  min: reduction('min'),
  argMax: reduction('argMax'),
  contract,
  convolution,
  gather,
  scatterAdd,
  scan: randomScan,
  randomBits: (draw) => {
    const key = draw.leaf(draw.pick([[2], [2], [3, 2], [2, 1, 2]]), 'int32', -1e9, 1e9, 1)
    const bits = bind('randomBits', [key.tensor], { shape: randomShape(draw.random) })
    // Few bits, so that sums and casts of them stay exact.
    return settled(bind('shiftRightLogical', [bits, constantLike(bits, 28)], {}), 16, 1)
  },
}
