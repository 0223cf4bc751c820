import { type Tensor, tensor } from '@neurite/tensor'
import { expectTypeOf, test } from 'vitest'
import { stackExamples } from './stack-examples.ts'
import { Stream } from './stream.ts'

const examples = Stream.from([[tensor(new Uint8Array(784), { shape: [1, 28, 28] }), 5, true] as const])

test('steps know the type of their items', () => {
  expectTypeOf(Stream.from([1, 2]).map(String)).toEqualTypeOf<Stream<string>>()
  expectTypeOf(Stream.from([1, 2]).zip(Stream.from(['a']))).toEqualTypeOf<Stream<readonly [number, string]>>()
  expectTypeOf(Stream.from<number | string>([1]).filter((item) => typeof item === 'string')).toEqualTypeOf<
    Stream<string>
  >()
})

test('stacked examples have the batch size in their type where it is certain', () => {
  expectTypeOf(examples.batch(4, { dropLast: true }).map(stackExamples)).toEqualTypeOf<
    Stream<[Tensor<[4, 1, 28, 28], 'uint8'>, Tensor<[4], 'float32'>, Tensor<[4], 'bool'>]>
  >()
  expectTypeOf(examples.batch(4).map(stackExamples)).toEqualTypeOf<
    Stream<[Tensor<[number, 1, 28, 28], 'uint8'>, Tensor<[number], 'float32'>, Tensor<[number], 'bool'>]>
  >()
})
