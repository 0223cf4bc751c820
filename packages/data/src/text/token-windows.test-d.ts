import type { Tensor } from '@neurite/tensor'
import { expectTypeOf, test } from 'vitest'
import { batches } from '../streams/batches.ts'
import { padSequences } from './pad-sequences.ts'
import { tokenWindows } from './token-windows.ts'

test('windows have their length in their type, and batches of them both sizes', () => {
  const windows = tokenWindows(new Int32Array(100), { length: 64 })
  for (const [inputs, targets] of batches(windows, { batchSize: 32, dropLast: true })) {
    expectTypeOf(inputs).toEqualTypeOf<Tensor<[32, 64], 'int32'>>()
    expectTypeOf(targets).toEqualTypeOf<Tensor<[32, 64], 'int32'>>()
  }
})

test('padded sequences have the length that they are given', () => {
  expectTypeOf(padSequences([[1]], { length: 8 }).tokens).toEqualTypeOf<Tensor<[number, 8], 'int32'>>()
  expectTypeOf(padSequences([[1]]).mask).toEqualTypeOf<Tensor<[number, number], 'bool'>>()
})
