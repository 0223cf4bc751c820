// What the compiler knows about the shapes that layers take and give. `@ts-expect-error` fails where no error is found.

import { relu, softmax, type Tensor, tensor, zeros } from '@neurite/tensor'
import { expectTypeOf, test } from 'vitest'
import {
  Conv2d,
  Dropout,
  Flatten,
  Linear,
  Maxout,
  MaxPool2d,
  type Module,
  type Parameter,
  Sequential,
} from './index.ts'

declare const plain: Tensor
declare const size: number
const images = zeros([64, 1, 28, 28])
const rows = zeros([64, 784])

test('Linear replaces the last axis, whatever stands before it', () => {
  const layer = new Linear(784, 10)
  expectTypeOf(layer.forward(rows)).toEqualTypeOf<Tensor<[64, 10], 'float32'>>()
  expectTypeOf(layer.forward(zeros([784]))).toEqualTypeOf<Tensor<[10], 'float32'>>()
  expectTypeOf(layer.forward(zeros([2, 3, 784]))).toEqualTypeOf<Tensor<[2, 3, 10], 'float32'>>()
  expectTypeOf(layer.weight).toEqualTypeOf<Parameter<[10, 784], 'float32'>>()
})

test('another number of features does not compile, and the message says which', () => {
  const layer = new Linear(100, 10)
  // @ts-expect-error Linear: input [64, 784] has 784 features on its last axis; the layer takes 100
  layer.forward(rows)
  // @ts-expect-error Linear: input [] has no features
  layer.forward(tensor(1))
})

test('sizes that are not known are checked when the program runs', () => {
  expectTypeOf(new Linear(size, 10).forward(rows)).toEqualTypeOf<Tensor<[64, 10], 'float32'>>()
  expectTypeOf(new Linear(784, size).forward(rows)).toEqualTypeOf<Tensor<[64, number], 'float32'>>()
  expectTypeOf(new Linear(784, 10).forward(plain).shape).toBeAny()
})

test('Maxout is shaped as Linear', () => {
  expectTypeOf(new Maxout(784, 10, { pieces: 3 }).forward(rows)).toEqualTypeOf<Tensor<[64, 10], 'float32'>>()
  // @ts-expect-error Maxout: input [64, 784] has 784 features on its last axis; the layer takes 78
  new Maxout(78, 10).forward(rows)
})

test('Conv2d counts windows', () => {
  const conv = new Conv2d(1, 8, 3, { padding: 1 })
  expectTypeOf(conv.forward(images)).toEqualTypeOf<Tensor<[64, 8, 28, 28], 'float32'>>()
  expectTypeOf(conv.weight).toEqualTypeOf<Parameter<[8, 1, 3, 3], 'float32'>>()
  const strided = new Conv2d(1, 8, [5, 3], { stride: 2, dilation: [1, 2] })
  expectTypeOf(strided.forward(images)).toEqualTypeOf<Tensor<[64, 8, 12, 12], 'float32'>>()
  expectTypeOf(new Conv2d(1, 8, size).forward(images)).toEqualTypeOf<Tensor<[64, 8, number, number], 'float32'>>()
  // @ts-expect-error Conv2d: input channels differ (1 ≠ 3)
  new Conv2d(3, 8, 3).forward(images)
  // @ts-expect-error Conv2d: a kernel of [29, 29] is larger than the padded input [28, 28]
  new Conv2d(1, 8, 29).forward(images)
})

test('MaxPool2d and Flatten compute sizes', () => {
  expectTypeOf(new MaxPool2d(2).forward(images)).toEqualTypeOf<Tensor<[64, 1, 14, 14], 'float32'>>()
  expectTypeOf(new MaxPool2d(3, { stride: 2, padding: 1 }).forward(images)).toEqualTypeOf<
    Tensor<[64, 1, 14, 14], 'float32'>
  >()
  expectTypeOf(new Flatten().forward(images)).toEqualTypeOf<Tensor<[64, 784], 'float32'>>()
  expectTypeOf(new Flatten(0, 1).forward(images)).toEqualTypeOf<Tensor<[64, 28, 28], 'float32'>>()
})

test('Sequential follows the shape through layers and functions', () => {
  const net = new Sequential(
    new Conv2d(1, 8, 3),
    relu,
    new MaxPool2d(2),
    new Sequential(new Conv2d(8, 16, 3), relu, new MaxPool2d(2)),
    new Flatten(),
    new Dropout(0.5),
    new Linear(400, 10),
    (x: Tensor<[number, 10]>): Tensor<[number, 10], 'float32'> => softmax(x, -1),
  )
  expectTypeOf(net.forward(images).shape).toEqualTypeOf<[number, 10]>()
})

test('a misfit between two stages does not compile', () => {
  const net = new Sequential(new Linear(784, 128), relu, new Linear(127, 10))
  // @ts-expect-error Linear: input [64, 128] has 128 features on its last axis; the layer takes 127
  net.forward(rows)
  // @ts-expect-error Linear: input [64, 1, 28, 28] has 28 features on its last axis; the layer takes 784
  new Sequential(new Linear(784, 10)).forward(images)
})

test('a function that says nothing about shapes leaves the shape open', () => {
  const net = new Sequential(new Linear(784, 128), (x: Tensor) => x.relu(), new Linear(128, 10))
  expectTypeOf(net.forward(rows).shape).toBeAny()
})

test('layers with known sizes stand where any such layer, or any module, is asked for', () => {
  expectTypeOf(new Linear(3, 4)).toExtend<Linear>()
  expectTypeOf(new Conv2d(3, 4, 3)).toExtend<Conv2d>()
  expectTypeOf(new MaxPool2d(2)).toExtend<MaxPool2d>()
  expectTypeOf(new Flatten(2)).toExtend<Module>()
  const net = new Sequential(new Linear(784, 128), relu, new Linear(128, 10))
  expectTypeOf(net).toExtend<Sequential>()
  expectTypeOf(net).toExtend<Module>()
  expectTypeOf(net).toExtend<Module<Tensor<[64, 784]>, Tensor<[64, 10]>>>()
})
