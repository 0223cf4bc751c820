import { full, zeros } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { referenceBackend } from '../kernel/index.ts'
import { createEvaluator } from './evaluator.ts'

test('a number repeated is written without a program, however often and however long it is', async () => {
  const prepared: number[] = []
  const backend = referenceBackend()
  const evaluator = createEvaluator({
    ...backend,
    prepare(program, states) {
      prepared.push(program.kernels.length)
      return backend.prepare(program, states)
    },
  })
  for (let time = 0; time < 2; time++) {
    expect(evaluator.evaluateSync!([zeros([100, 100])])).toEqual([new Float32Array(10_000)])
    expect(await evaluator.evaluate([full([2], 3, 'int32'), full([1], 0.5)])).toEqual([
      Int32Array.of(3, 3),
      Float32Array.of(0.5),
    ])
  }
  expect(prepared).toEqual([])
  expect(evaluator.evaluateSync!([zeros([2]).exp()])).toEqual([Float32Array.of(1, 1)])
  expect(prepared).toEqual([1])
})
