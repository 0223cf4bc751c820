// Every alias below compiles only if the two types are equal.

import type { AnyShape } from '../shape.ts'
import type { Equal, Expect } from '../test/equal-types.ts'
import type { Add, Divide, Multiply, Product, Subtract } from './arithmetic.ts'
import type { Broadcast, BroadcastTo } from './broadcast.ts'
import type { Concatenate, Stack } from './concatenation.ts'
import type { Dot, MatMul } from './contraction.ts'
import type { Convolution, Pooling } from './convolution.ts'
import type { Append, Take } from './indexing.ts'
import type { ShapeMismatch, Show, Sized } from './mismatch.ts'
import type { Flatten, Pad, Permute, Reshape, Resize, Slice, Squeeze, Transpose, Unsqueeze } from './movement.ts'
import type { NestedDType, NestedShape } from './nested.ts'
import type { Reduce } from './reduction.ts'

export type Arithmetic = [
  Expect<Equal<Add<0, 0>, 0>>,
  Expect<Equal<Add<999, 1>, 1000>>,
  Expect<Equal<Add<58, 4096>, 4154>>,
  Expect<Equal<Add<number, 1>, number>>,
  Expect<Equal<Subtract<1000, 1>, 999>>,
  Expect<Equal<Subtract<5, 5>, 0>>,
  Expect<Equal<Subtract<5, 6>, never>>,
  Expect<Equal<Subtract<12, 111>, never>>,
  Expect<Equal<Multiply<64, 784>, 50176>>,
  Expect<Equal<Multiply<99999, 99999>, 9999800001>>,
  Expect<Equal<Multiply<0, 17>, 0>>,
  Expect<Equal<Multiply<3, number>, number>>,
  Expect<Equal<Divide<50176, 784>, [64, 0]>>,
  Expect<Equal<Divide<100, 7>, [14, 2]>>,
  Expect<Equal<Divide<3, 7>, [0, 3]>>,
  Expect<Equal<Divide<1000000, 1000>, [1000, 0]>>,
  Expect<Equal<Divide<999, 1>, [999, 0]>>,
  Expect<Equal<Product<[]>, 1>>,
  Expect<Equal<Product<[2, 3, 4]>, 24>>,
  Expect<Equal<Product<[2, number]>, number>>,
]

export type Notation = [
  Expect<Equal<Show<[]>, '[]'>>,
  Expect<Equal<Show<[32, 784]>, '[32, 784]'>>,
  Expect<Equal<Show<[number, 3]>, `[${number}, 3]`>>,
  Expect<Equal<Sized<readonly [2, 3]>, [2, 3]>>,
]

export type Broadcasting = [
  Expect<Equal<Broadcast<[2, 3], [2, 3]>, [2, 3]>>,
  Expect<Equal<Broadcast<[2, 3], []>, [2, 3]>>,
  Expect<Equal<Broadcast<[], [2, 3]>, [2, 3]>>,
  Expect<Equal<Broadcast<[2, 1], [3]>, [2, 3]>>,
  Expect<Equal<Broadcast<[8, 1, 6, 1], [7, 1, 5]>, [8, 7, 6, 5]>>,
  Expect<Equal<Broadcast<[64, 10], [10]>, [64, 10]>>,
  Expect<Equal<Broadcast<[number, 10], [10]>, [number, 10]>>,
  Expect<Equal<Broadcast<[number, 10], [64, 10]>, [64, 10]>>,
  Expect<Equal<Broadcast<[number], [1]>, [number]>>,
  Expect<Equal<Broadcast<[1, 1], [number, number]>, [number, number]>>,
  Expect<Equal<Broadcast<readonly [2], readonly [2]>, [2]>>,
  Expect<Equal<Broadcast<AnyShape, [2]>, AnyShape>>,
  Expect<Equal<Broadcast<[2], number[]>, AnyShape>>,
  Expect<Equal<Broadcast<[2], [3]>, ShapeMismatch<'cannot broadcast 2 with 3'>>>,
  Expect<Equal<Broadcast<[4, 64], [64, 4]>, ShapeMismatch<'cannot broadcast 64 with 4'>>>,
  Expect<Equal<BroadcastTo<[3], [2, 3]>, [2, 3]>>,
  Expect<Equal<BroadcastTo<[2, 1], [2, 3]>, [2, 3]>>,
  Expect<Equal<BroadcastTo<[3], [1]>, ShapeMismatch<'broadcast: [3] does not fit [1]'>>>,
  Expect<Equal<BroadcastTo<[2, 3], [3]>, ShapeMismatch<'broadcast: [2, 3] does not fit [3]'>>>,
]

export type Contraction = [
  Expect<Equal<MatMul<[64, 784], [784, 10]>, [64, 10]>>,
  Expect<Equal<MatMul<[number, 784], [784, 10]>, [number, 10]>>,
  Expect<Equal<MatMul<[64, number], [784, 10]>, [64, 10]>>,
  Expect<Equal<MatMul<[8, 12, 64, 32], [32, 64]>, [8, 12, 64, 64]>>,
  Expect<Equal<MatMul<[8, 1, 2, 3], [5, 3, 4]>, [8, 5, 2, 4]>>,
  Expect<Equal<MatMul<[3], [3]>, []>>,
  Expect<Equal<MatMul<[3], [3, 4]>, [4]>>,
  Expect<Equal<MatMul<[2, 3], [3]>, [2]>>,
  Expect<Equal<MatMul<[3], [7, 3, 4]>, [7, 4]>>,
  Expect<Equal<MatMul<AnyShape, [3, 4]>, AnyShape>>,
  Expect<
    Equal<MatMul<[32, 784], [512, 10]>, ShapeMismatch<'matmul: inner sizes differ: [32, 784] × [512, 10] (784 ≠ 512)'>>
  >,
  Expect<Equal<MatMul<[2, 3], [4]>, ShapeMismatch<'matmul: inner sizes differ: [2, 3] × [4] (3 ≠ 4)'>>>,
  Expect<Equal<MatMul<[], [3]>, ShapeMismatch<'matmul: operands need at least 1 axis: [] × [3]'>>>,
  Expect<Equal<MatMul<[2, 5, 3], [4, 3, 5]>, ShapeMismatch<'cannot broadcast 2 with 4'>>>,
  Expect<Equal<Dot<[3], [3]>, []>>,
  Expect<Equal<Dot<[3], [4]>, ShapeMismatch<'dot: sizes differ: [3] · [4]'>>>,
  Expect<Equal<Dot<[2, 3], [3]>, ShapeMismatch<'dot: takes two vectors, not [2, 3] and [3]'>>>,
]

export type Reduction = [
  Expect<Equal<Reduce<[2, 3, 4], undefined>, []>>,
  Expect<Equal<Reduce<[2, 3, 4], undefined, true>, [1, 1, 1]>>,
  Expect<Equal<Reduce<[2, 3, 4], 1>, [2, 4]>>,
  Expect<Equal<Reduce<[2, 3, 4], -1>, [2, 3]>>,
  Expect<Equal<Reduce<[2, 3, 4], [0, -1]>, [3]>>,
  Expect<Equal<Reduce<[2, 3, 4], readonly [0, 2], true>, [1, 3, 1]>>,
  Expect<Equal<Reduce<[number, 3], 1>, [number]>>,
  Expect<Equal<Reduce<[2, 3], number>, AnyShape>>,
  Expect<Equal<Reduce<[2, 3], number[]>, AnyShape>>,
  Expect<Equal<Reduce<AnyShape, 1>, AnyShape>>,
  Expect<Equal<Reduce<[2, 3], 2>, ShapeMismatch<'axis 2 is out of range for 2 axes'>>>,
  Expect<Equal<Reduce<[2, 3], -3>, ShapeMismatch<'axis -3 is out of range for 2 axes'>>>,
  Expect<Equal<Reduce<[2, 3], [0, 5]>, ShapeMismatch<'axis 5 is out of range for 2 axes'>>>,
]

export type Movement = [
  Expect<Equal<Permute<[2, 3, 4], [2, 0, 1]>, [4, 2, 3]>>,
  Expect<Equal<Permute<[2, 3, 4], [-1, 0, 1]>, [4, 2, 3]>>,
  Expect<Equal<Permute<[2, 3], number[]>, AnyShape>>,
  Expect<Equal<Permute<[2, 3, 4], [1, 0]>, ShapeMismatch<'permute: order [1, 0] names 2 axes, [2, 3, 4] has 3'>>>,
  Expect<Equal<Permute<[2, 3], [0, 0]>, ShapeMismatch<'permute: axes [0, 0] name an axis twice'>>>,
  Expect<Equal<Permute<[2, 3], [0, 2]>, ShapeMismatch<'axis 2 is out of range for 2 axes'>>>,
  Expect<Equal<Transpose<[2, 3], -2, -1>, [3, 2]>>,
  Expect<Equal<Transpose<[2, 3, 4], 0, 2>, [4, 3, 2]>>,
  Expect<Equal<Transpose<[2], -2, -1>, ShapeMismatch<'axis -2 is out of range for 1 axes'>>>,
  Expect<Equal<Reshape<[64, 1, 28, 28], [64, 784]>, [64, 784]>>,
  Expect<Equal<Reshape<[64, 1, 28, 28], [64, -1]>, [64, 784]>>,
  Expect<Equal<Reshape<[number, 1, 28, 28], [-1, 784]>, [number, 784]>>,
  Expect<Equal<Reshape<[6], []>, ShapeMismatch<'reshape: 6 elements of [6] do not fill []'>>>,
  Expect<Equal<Reshape<[2, 3], [4, 2]>, ShapeMismatch<'reshape: 6 elements of [2, 3] do not fill [4, 2]'>>>,
  Expect<Equal<Reshape<[2, 3], [4, -1]>, ShapeMismatch<'reshape: 6 elements of [2, 3] do not fill [4, -1]'>>>,
  Expect<Equal<Unsqueeze<[2, 3], 0>, [1, 2, 3]>>,
  Expect<Equal<Unsqueeze<[2, 3], 1>, [2, 1, 3]>>,
  Expect<Equal<Unsqueeze<[2, 3], -1>, [2, 3, 1]>>,
  Expect<Equal<Unsqueeze<[2, 3], 3>, ShapeMismatch<'axis 3 is out of range for 3 axes'>>>,
  Expect<Equal<Squeeze<[1, 2, 1], undefined>, [2]>>,
  Expect<Equal<Squeeze<[1, 2, 1], 0>, [2, 1]>>,
  Expect<Equal<Squeeze<[1, 2, 1], [0, -1]>, [2]>>,
  Expect<Equal<Squeeze<[1, number], undefined>, AnyShape>>,
  Expect<Equal<Squeeze<[1, 2], 1>, ShapeMismatch<'squeeze: axis 1 of [1, 2] has size 2, not 1'>>>,
  Expect<Equal<Flatten<[64, 16, 4, 4], 1, -1>, [64, 256]>>,
  Expect<Equal<Flatten<[number, 16, 4, 4], 1, -1>, [number, 256]>>,
  Expect<Equal<Flatten<[2, 3, 4], 0, 1>, [6, 4]>>,
  Expect<Equal<Flatten<[], 0, -1>, [1]>>,
  Expect<Equal<Flatten<[2, 3], 1, 0>, ShapeMismatch<'flatten: startAxis lies behind endAxis'>>>,
  Expect<Equal<Resize<[2, 3], -1, 7>, [2, 7]>>,
  Expect<Equal<Slice<[2, 3, 4], '0' | '1'>, [number, number, 4]>>,
  Expect<Equal<Pad<[2, 3], { low: [1, 0]; high: [1, 2] }>, [4, 5]>>,
  Expect<Equal<Pad<[2, 3], { low: [0, 0]; high: [0, 0]; interior: [1, 1] }>, [number, number]>>,
  Expect<Equal<Pad<[2, 3], { low: [-1, 0]; high: [0, 0] }>, [number, 3]>>,
]

export type Joining = [
  Expect<Equal<Concatenate<[[2, 3], [4, 3]], 0>, [6, 3]>>,
  Expect<Equal<Concatenate<[[2, 3], [2, 4], [2, 5]], -1>, [2, 12]>>,
  Expect<Equal<Concatenate<[[number, 3], [4, 3]], 0>, [number, 3]>>,
  Expect<Equal<Concatenate<[number, 3][], 0>, [number, 3]>>,
  Expect<Equal<Concatenate<AnyShape[], 0>, AnyShape>>,
  Expect<
    Equal<Concatenate<[[2, 3], [4, 5]], 0>, ShapeMismatch<'concatenate: [2, 3] and [4, 5] differ besides axis 0'>>
  >,
  Expect<Equal<Stack<[[2, 3], [2, 3]], 0>, [2, 2, 3]>>,
  Expect<Equal<Stack<[[2], [2], [2]], -1>, [2, 3]>>,
  Expect<Equal<Stack<[[2], [3]], 0>, ShapeMismatch<'stack: shapes differ: [2] and [3]'>>>,
  Expect<Equal<Take<[10, 4], [2, 3], 0>, [2, 3, 4]>>,
  Expect<Equal<Take<[10, 4], [], 1>, [10]>>,
  Expect<Equal<Append<[2], 5>, [2, 5]>>,
]

export type Convolving = [
  Expect<Equal<Convolution<'conv2d', [8, 3, 32, 32], [16, 3, 3, 3], 1, 0, 1, 1>, [8, 16, 30, 30]>>,
  Expect<Equal<Convolution<'conv2d', [8, 3, 32, 32], [16, 3, 3, 3], 1, 'same', 1, 1>, [8, 16, 32, 32]>>,
  Expect<Equal<Convolution<'conv2d', [8, 3, 224, 224], [64, 3, 7, 7], 2, 3, 1, 1>, [8, 64, 112, 112]>>,
  Expect<Equal<Convolution<'conv2d', [8, 3, 9, 7], [4, 3, 3, 2], [2, 1], [1, 0], [1, 2], 1>, [8, 4, 5, 5]>>,
  Expect<Equal<Convolution<'conv1d', [8, 6, 16000], [12, 3, 400], 160, 0, 1, 2>, [8, 12, 98]>>,
  Expect<Equal<Convolution<'conv2d', [number, 1, 28, 28], [8, 1, 5, 5], 1, 0, 1, 1>, [number, 8, 24, 24]>>,
  Expect<Equal<Convolution<'conv2d', [1, 1, number, 28], [8, 1, 5, 5], 1, 0, 1, 1>, [1, 8, number, 24]>>,
  Expect<
    Equal<
      Convolution<'conv2d', [8, 3, 32, 32], [16, 1, 3, 3], 1, 0, 1, 1>,
      ShapeMismatch<'conv2d: input channels differ: [8, 3, 32, 32] with weight [16, 1, 3, 3] (3 ≠ 1)'>
    >
  >,
  Expect<
    Equal<
      Convolution<'conv2d', [1, 1, 4, 4], [1, 1, 5, 5], 1, 0, 1, 1>,
      ShapeMismatch<'conv2d: a kernel of [5, 5] is larger than the input [4, 4] with its padding'>
    >
  >,
  Expect<Equal<Pooling<'maxPool2d', [8, 3, 32, 32], 2, 2, 0, 1>, [8, 3, 16, 16]>>,
  Expect<Equal<Pooling<'maxPool2d', [8, 3, 33, 32], [3, 2], [2, 2], 1, 1>, [8, 3, 17, 17]>>,
]

export type Nesting = [
  Expect<Equal<NestedShape<5>, []>>,
  Expect<Equal<NestedShape<readonly []>, [0]>>,
  Expect<Equal<NestedShape<readonly [readonly [1, 2], readonly [3, 4]]>, [2, 2]>>,
  Expect<Equal<NestedShape<number[][]>, [number, number]>>,
  Expect<Equal<NestedDType<readonly [readonly [true]]>, 'bool'>>,
  Expect<Equal<NestedDType<number[]>, 'float32'>>,
]
