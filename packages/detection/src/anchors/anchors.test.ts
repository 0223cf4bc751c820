import { expect, it } from 'vitest'
import { expectNear } from '../test/expect-near.ts'
import { generateAnchors } from './anchors.ts'

it('puts boxes of each scale and ratio around each cell', () => {
  const anchors = generateAnchors({ height: 2, width: 3, stride: 8, scales: [8, 16], ratios: [1, 4] })
  expect(anchors.length).toBe(4 * 2 * 3 * 4)
  // Cell (0, 0) has its centre at (4, 4); a ratio of 4 is twice the height and half of the width.
  expectNear(anchors.subarray(0, 16), [0, 0, 8, 8, 2, -4, 6, 12, -4, -4, 12, 12, 0, -12, 8, 20], 1e-5)
  // The last cell is (1, 2), its centre at (20, 12).
  expectNear(anchors.subarray(80, 84), [16, 8, 24, 16], 1e-5)
})

it('has the ratios of the paper, and areas that do not depend on them', () => {
  const anchors = generateAnchors({ height: 1, width: 1, stride: 16, scales: [128] })
  for (const [i, ratio] of [0.5, 1, 2].entries()) {
    const [x1, y1, x2, y2] = anchors.subarray(4 * i, 4 * i + 4)
    expect((y2! - y1!) / (x2! - x1!)).toBeCloseTo(ratio, 5)
    expect((y2! - y1!) * (x2! - x1!)).toBeCloseTo(128 ** 2, 1)
  }
  expect(() => generateAnchors({ height: 1, width: 1, stride: 0, scales: [8] })).toThrow(
    'generateAnchors: sizes must be positive; got 0.',
  )
})
