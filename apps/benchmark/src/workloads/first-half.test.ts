import { expect, test } from 'vitest'
import { firstHalf } from './first-half.ts'
import { xorStep } from './xor-step.ts'

test('half of a batch has the first inputs and their targets', () => {
  const whole = xorStep.make()
  const half = firstHalf(whole)
  expect(half.inputs).toEqual({ shape: [2, 2], data: Float32Array.of(0, 0, 0, 1) })
  expect(half.loss.targets).toEqual({ shape: [2, 1], data: Float32Array.of(0, 1) })
  expect(half).toMatchObject({ kind: 'training', layers: (whole as typeof half).layers })
  expect(() => firstHalf({ kind: 'softmax', x: { shape: [1], data: Float32Array.of(1) } })).toThrow(
    'no batches in softmax',
  )
})
