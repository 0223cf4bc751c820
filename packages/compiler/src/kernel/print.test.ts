import { expect, test } from 'vitest'
import { affine } from '../test/written-programs.ts'
import { addIndex, constantIndex, zeroIndex } from './indexing.ts'
import { printKernel, printProgram } from './print.ts'
import { storeTo, writeProgram } from './program-writer.ts'
import { applyScalar, constantScalar, type Scalar } from './scalar.ts'

const sum: Scalar = { kind: 'result', step: 0, dtype: 'float32' }

test('a program shows its buffers, its faults and its kernels', () => {
  const write = writeProgram()
  const [x, weight] = [write.input('float32', 8), write.state('float32', 12)]
  const [bias, hidden, out] = [
    write.constant('float32', [1, 2, 3]),
    write.temporary('float32', 6),
    write.output('float32', 6),
  ]
  write.fault('gather: index {value} is out of range.')
  write.kernel({
    kind: 'contraction',
    label: 'contract + add + maximum',
    batch: [],
    rows: [2],
    columns: [3],
    depth: [4],
    left: write.load(x, affine(4, 0, 1)),
    right: write.load(weight, affine(0, 4, 1)),
    stores: [
      storeTo(
        hidden,
        affine(3, 1),
        applyScalar('maximum', [
          applyScalar('add', [sum, write.load(bias, affine(0, 1))]),
          constantScalar(0, 'float32'),
        ]),
      ),
    ],
  })
  const element = write.load(hidden, affine(3, 1))
  write.kernel({
    kind: 'loop',
    label: 'max + subtract',
    extents: [2],
    steps: [
      { kind: 'reduce', extents: [3], combine: 'maximum', value: element },
      storeTo(out, affine(3, 1), applyScalar('subtract', [element, sum]), [3]),
    ],
  })
  expect(printProgram(write.finish())).toBe(
    `
program of 2 kernels, arena 192 bytes
  input0: float32[8] at 0 … 32
  state1: float32[12]
  constant2: float32[3]
  t3: float32[6] at 64 … 88
  output4: float32[6] at 128 … 152
  fault0: gather: index {value} is out of range.
0: contraction "contract + add + maximum" batch [] rows [i < 2] columns [j < 3] depth [k < 4]
  left = input0[4i + k]
  right = state1[4j + k]
  t3[3i + j] = maximum(result0 + constant2[j], 0)
1: loop "max + subtract" [i < 2]
  result0 = maximum over [j < 3] of t3[3i + j]
  for [j < 3]: output4[3i + j] = t3[3i + j] - result0`.trim(),
  )
})

test('a value used several times, also by several stores, has a line of its own', () => {
  const write = writeProgram()
  const [x, out, state] = [write.input('float32', 6), write.output('float32', 6), write.state('float32', 6)]
  const power = applyScalar('exp', [write.load(x, affine(1))])
  const next = applyScalar('add', [power, constantScalar(1, 'float32')])
  write.kernel({
    kind: 'loop',
    label: 'exp',
    extents: [6],
    steps: [
      storeTo(out, affine(1), applyScalar('divide', [power, next])),
      storeTo(state, affine(1), applyScalar('subtract', [write.load(state, affine(1)), next])),
    ],
  })
  const program = write.finish()
  expect(printKernel(program.kernels[0]!, program.buffers)).toBe(
    `
loop "exp" [i < 6]
  let v0 = exp(input0[i])
  let v1 = v0 + 1
  output1[i] = v0 / v1
  state2[i] = state2[i] - v1`.trim(),
  )
})

test('operators have parentheses where precedence and order of evaluation need them, and no others', () => {
  const write = writeProgram()
  const [a, b, c] = [0, 1, 2].map((at) => write.load(write.input('float32', 1), constantIndex(at))) as [
    Scalar,
    Scalar,
    Scalar,
  ]
  const bool = write.output('bool', 1)
  const printed = (value: Scalar): string => {
    const kernel = { kind: 'loop', label: '', extents: [], steps: [storeTo(bool, zeroIndex, value)] } as const
    return printKernel(kernel, write.finish().buffers).split(' = ')[1]!
  }
  const apply = applyScalar
  expect(printed(apply('add', [apply('multiply', [a, b]), c]))).toBe('input0[0] * input1[1] + input2[2]')
  expect(printed(apply('multiply', [apply('add', [a, b]), c]))).toBe('(input0[0] + input1[1]) * input2[2]')
  expect(printed(apply('subtract', [apply('subtract', [a, b]), c]))).toBe('input0[0] - input1[1] - input2[2]')
  expect(printed(apply('subtract', [a, apply('subtract', [b, c])]))).toBe('input0[0] - (input1[1] - input2[2])')
  expect(printed(apply('less', [apply('negate', [a]), b]))).toBe('negate(input0[0]) < input1[1]')
  expect(printed(apply('cast', [apply('less', [a, b])], 'int32'))).toBe('int32(input0[0] < input1[1])')
})

test('scatters, guards, divisions and look-ups are shown', () => {
  const write = writeProgram()
  const [at, x, out] = [write.input('int32', 6), write.input('float32', 6), write.output('float32', 30)]
  const dividend = addIndex(affine(2, -1), constantIndex(-3))
  const atom = { kind: 'value', value: write.load(at, affine(1)), size: 10, fault: 0 } as const
  write.kernel({
    kind: 'scatter',
    label: 'scatterAdd',
    extents: [6, 3],
    buffer: out,
    index: { constant: 0, terms: [{ stride: 3, atom }, ...affine(0, 1).terms] },
    value: {
      kind: 'guard',
      conditions: [
        { index: dividend, low: 0, high: 5, divisor: 2 },
        {
          index: { constant: 0, terms: [{ stride: -1, atom: { kind: 'remainder', dividend, divisor: 4 } }] },
          low: -2,
          high: 0,
        },
      ],
      value: write.load(x, { constant: 1, terms: [{ stride: 2, atom: { kind: 'quotient', dividend, divisor: 3 } }] }),
      otherwise: 0,
      dtype: 'float32',
    },
  })
  const program = write.finish()
  expect(printKernel(program.kernels[0]!, program.buffers)).toBe(
    `
scatter "scatterAdd" [i < 6, j < 3]
  output2[3 * {input0[i] < 10} + j] += (input1[2 * floor((2i - j - 3) / 3) + 1] if 0 <= 2i - j - 3 < 5 and 2 divides 2i - j - 3 and -2 <= -((2i - j - 3) mod 4) < 0 else 0)`.trim(),
  )
})
