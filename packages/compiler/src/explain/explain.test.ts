import { relu, type Tensor, tensor, Variable, zeros } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { compile } from '../compile/compile.ts'
import { referenceBackend } from '../kernel/index.ts'
import { useBackend } from '../runtime/installed-backend.ts'
import { explain } from './explain.ts'

useBackend(referenceBackend())

test('explain shows every stage: graphs, kernels with operations and bytes, memory', () => {
  const weight = new Variable(zeros([3, 4]))
  const layer = compile(function layer(x: Tensor<[2, 3]>) {
    const y = relu(x.matmul(weight.value))
    weight.assign(weight.value.subtract(0.5))
    return y
  })
  expect(
    explain(
      layer,
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ),
  ).toBe(
    `
layer on 'reference': tensors in 1, out 1; variables 1, updated 1
captured graph: 9 nodes
rewritten graph: 8 nodes
  %0 = input float32 [2, 3]
  %1 = input float32 [3, 4]
  %2 = contract float32 [2, 4] (%0, %1) batch [], over [[1,0]]
  %3 = constant float32 [2, 4] value 0
  %4 = lessEqual bool [2, 4] (%2, %3)
  %5 = select float32 [2, 4] (%4, %3, %2)
  %6 = constant float32 [3, 4] value 0.5
  %7 = subtract float32 [3, 4] (%1, %6)
  gives %5, %7
program: 2 kernels
     kernel             over                 operations  bytes read  written
  0  contract + select  1 of 2 × 4, depth 3          64          72       32
  1  subtract           [12]                         12          48       48
     all                                             76         120       80
memory: peak 176 bytes: arena 128 (for 56 bytes of values), scratch 0, variables 48, constants 0
kernels:
  0: contraction "contract + select" batch [] rows [i < 2] columns [j < 4] depth [k < 3]
    left = input1[3i + k]
    right = state0[4k + j]
    output2[4i + j] = select(result0 <= 0, 0, result0)
  1: loop "subtract" [i < 12]
    state0[i] = state0[i] - 0.5`.trim(),
  )
})

test('functions that are not compiled are explained alike', () => {
  const increment = (x: Tensor<[2]>) => x.add(1)
  expect(explain(increment, zeros([2]))).toBe(explain(compile(increment), zeros([2])))
  expect(explain(increment, zeros([2]))).toMatch(/^increment on/)
})

test('what is no function is neither explained nor compiled', () => {
  expect(() => explain(undefined as never)).toThrow('explain: a function is needed, not undefined.')
  expect(() => compile(zeros([2]) as never)).toThrow('compile: a function is needed, not a Tensor.')
})
