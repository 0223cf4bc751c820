import { key, type Tensor, tensor, uniform, zeros } from '@neurite/tensor'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MaxPool2d } from '../index.ts'

test('takes the largest element of each window, as plain loops do', () => {
  const options = fc.record({
    kernelSize: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    padding: fc.integer({ min: 0, max: 1 }),
    dilation: fc.integer({ min: 1, max: 2 }),
  })
  const x: Tensor = uniform([1, 2, 6, 7], { low: -2, high: -1, key: key(5) })
  const images = x.toArraySync() as number[][][][]
  fc.assert(
    fc.property(options, ({ kernelSize, ...rest }) => {
      fc.pre(2 * rest.padding <= kernelSize)
      const y = new MaxPool2d(kernelSize, rest).forward(x).toArraySync() as number[][][][]
      for (const [c, channel] of y[0]!.entries())
        for (const [p, row] of channel.entries())
          for (const [q, value] of row.entries()) {
            const window: number[] = []
            for (let i = 0; i < kernelSize; i++)
              for (let j = 0; j < kernelSize; j++) {
                const h = p * rest.stride + i * rest.dilation - rest.padding
                const w = q * rest.stride + j * rest.dilation - rest.padding
                window.push(images[0]![c]![h]?.[w] ?? Number.NEGATIVE_INFINITY)
              }
            expect(value).toBe(Math.max(...window))
          }
    }),
    { numRuns: 30 },
  )
})

test('windows touch unless a stride is given', () => {
  const x = tensor([
    [
      [
        [1, 2, 5, 3],
        [4, 3, 6, 9],
      ],
    ],
  ])
  expect(new MaxPool2d(2).forward(x).toArraySync()).toEqual([[[[4, 9]]]])
  expect(new MaxPool2d(2, { stride: 1 }).forward(x).toArraySync()).toEqual([[[[4, 6, 9]]]])
  expect(new MaxPool2d([2, 4]).forward(x).toArraySync()).toEqual([[[[9]]]])
})

test('arguments and inputs that do not fit are errors', () => {
  expect(() => new MaxPool2d(0)).toThrow('MaxPool2d: kernelSize is 0')
  expect(() => new MaxPool2d([2, 3], { padding: [2, 1] })).toThrow(
    'MaxPool2d: padding is 2; it must be at most half of kernelSize 2.',
  )
  const x: Tensor = zeros([3, 4, 4])
  expect(() => new MaxPool2d(2).forward(x)).toThrow('[3, 4, 4]')
})
