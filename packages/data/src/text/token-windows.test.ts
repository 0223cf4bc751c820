import fc from 'fast-check'
import { expect, test } from 'vitest'
import { padSequences } from './pad-sequences.ts'
import { tokenWindows } from './token-windows.ts'

test('windows are all that fit, with targets one place later', () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 12 }),
      (count, length, stride) => {
        const tokens = Int32Array.from({ length: count }, (_, i) => 7 * i)
        const windows = tokenWindows(tokens, { length, stride })
        const expected: number[][] = []
        for (let start = 0; start + length + 1 <= count; start += stride)
          expected.push([...tokens.slice(start, start + length)])
        const positions = Array.from({ length: windows.length }, (_, i) => i)
        const [inputs, targets] = windows.take(positions)
        expect(windows.length).toBe(expected.length)
        expect(inputs.toArraySync()).toEqual(expected)
        expect(targets.toArraySync()).toEqual(expected.map((window) => window.map((token) => token + 7)))
      },
    ),
  )
})

test('windows do not overlap unless they are told to', () => {
  expect(tokenWindows(new Int32Array(100), { length: 10 }).length).toBe(9)
  expect(tokenWindows(new Int32Array(100), { length: 10, stride: 1 }).length).toBe(90)
  expect(() => tokenWindows(new Int32Array(9), { length: 0 })).toThrow('must be positive integers; got 0 and 0')
})

test('sequences are filled up, or cut, and marked where they are real', () => {
  const { tokens, mask } = padSequences([[1, 2, 3], [], [4]], { value: 9 })
  expect([tokens.dtype, tokens.toArraySync()]).toEqual([
    'int32',
    [
      [1, 2, 3],
      [9, 9, 9],
      [4, 9, 9],
    ],
  ])
  expect(Array.from(mask.dataSync())).toEqual([1, 1, 1, 0, 0, 0, 1, 0, 0])
  expect(padSequences([[1, 2, 3]], { length: 2 }).tokens.toArraySync()).toEqual([[1, 2]])
  expect(padSequences([]).tokens.shape).toEqual([0, 1])
  expect(() => padSequences([[1]], { length: 0 })).toThrow('got 0')
})
