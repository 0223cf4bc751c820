import { key, type Tensor, uniform, zeros } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Conv2d } from '../index.ts'

interface Problem {
  readonly groups: number
  readonly inChannels: number
  readonly outChannels: number
  readonly kernelSize: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: readonly [number, number]
  readonly dilation: readonly [number, number]
}

/** Element (n, o, p, q) of the convolution, by plain loops. */
function element(
  layer: Conv2d,
  x: Tensor,
  options: Problem,
  [n, o, p, q]: readonly [number, number, number, number],
): number {
  const { kernelSize, stride, padding, dilation, groups } = options
  const [inputs, outputs] = [options.inChannels / groups, options.outChannels / groups]
  const images = x.toArraySync() as number[][][][]
  const weight = layer.weight.value.toArraySync() as number[][][][]
  let sum = (layer.bias?.value.toArraySync() as number[] | undefined)?.[o] ?? 0
  for (let c = 0; c < inputs; c++)
    for (let i = 0; i < kernelSize[0]; i++)
      for (let j = 0; j < kernelSize[1]; j++) {
        const channel = images[n]![Math.floor(o / outputs) * inputs + c]!
        const row = p * stride[0] + i * dilation[0] - padding[0]
        const column = q * stride[1] + j * dilation[1] - padding[1]
        sum += weight[o]![c]![i]![j]! * (channel[row]?.[column] ?? 0)
      }
  return sum
}

const pair = (min: number, max: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))
const problems: fc.Arbitrary<Problem> = fc
  .record({
    groups: fc.integer({ min: 1, max: 2 }),
    inputs: fc.integer({ min: 1, max: 2 }),
    outputs: fc.integer({ min: 1, max: 2 }),
    kernelSize: pair(1, 3),
    stride: pair(1, 2),
    padding: pair(0, 2),
    dilation: pair(1, 2),
  })
  .map(({ inputs, outputs, ...rest }) => ({
    ...rest,
    inChannels: inputs * rest.groups,
    outChannels: outputs * rest.groups,
  }))

test('slides the kernel over the padded image, as plain loops do', () => {
  fc.assert(
    fc.property(problems, fc.boolean(), (problem, bias) => {
      const layer = new Conv2d(problem.inChannels, problem.outChannels, problem.kernelSize, {
        ...problem,
        bias,
        key: key(3),
      })
      const x = uniform([2, problem.inChannels, 6, 5], { low: -1, key: key(4) })
      const y: Tensor = layer.forward(x)
      const [height, width] = [6, 5].map((length, axis) => {
        const span = problem.dilation[axis]! * (problem.kernelSize[axis]! - 1) + 1
        return Math.floor((length + 2 * problem.padding[axis]! - span) / problem.stride[axis]!) + 1
      }) as [number, number]
      expect(y.shape).toEqual([2, problem.outChannels, height, width])
      const found = y.toArraySync() as number[][][][]
      for (const at of [
        [0, 0, 0, 0],
        [1, problem.outChannels - 1, height - 1, width - 1],
      ] as const)
        expect(found[at[0]]![at[1]]![at[2]]![at[3]]).toBeCloseTo(element(layer, x, problem, at), 4)
    }),
    { numRuns: 25 },
  )
})

test("padding 'same' keeps height and width, also for even kernels", () => {
  for (const kernelSize of [1, 2, 3, 4]) {
    const y: Tensor = new Conv2d(1, 2, kernelSize, { padding: 'same' }).forward(zeros([1, 1, 5, 7]))
    expect(y.shape).toEqual([1, 2, 5, 7])
  }
})

describe('errors name the layer and what does not fit', () => {
  test('in the constructor', () => {
    expect(() => new Conv2d(3, 4, 3, { groups: 2 })).toThrow(
      'Conv2d: inChannels is 3, which cannot be split into 2 groups.',
    )
    expect(() => new Conv2d(3, 4, [3, 3, 3])).toThrow('Conv2d: kernelSize has 3 entries')
    expect(() => new Conv2d(3, 4, 3, { stride: 0 })).toThrow('Conv2d: stride is 0')
    expect(() => new Conv2d(3, 4, 3, { padding: -1 })).toThrow(
      'Conv2d: padding is -1; it must be an integer of at least 0.',
    )
  })

  test('in forward', () => {
    const layer = new Conv2d(3, 4, 3)
    const [gray, single]: Tensor[] = [zeros([2, 1, 8, 8]), zeros([3, 8, 8])]
    expect(() => layer.forward(gray!)).toThrow(
      'Conv2d: input [2, 1, 8, 8] has 1 channels; the layer takes [N, 3, height, width].',
    )
    expect(() => layer.forward(single!)).toThrow(
      'Conv2d: input [3, 8, 8] has 3 axes; the layer takes [N, 3, height, width]. Unsqueeze the missing axis?',
    )
  })
})
