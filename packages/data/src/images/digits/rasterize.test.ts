import { expect, test } from 'vitest'
import { rasterize } from './rasterize.ts'

const size = 12

function draw(...lines: number[][]): number[] {
  const ink = new Float64Array(size * size)
  rasterize(
    lines.map((line) => Float64Array.from(line)),
    size,
    1,
    ink,
  )
  return [...ink]
}

test('a line as wide as a pixel fills the pixels it runs along, and no others', () => {
  const ink = draw([2.5, 4.5, 0.5, 8.5, 4.5, 0.5])
  for (let column = 3; column < 9; column++) {
    expect(ink[4 * size + column]).toBe(1)
    expect(ink[3 * size + column]).toBe(0)
    expect(ink[5 * size + column]).toBe(0)
  }
})

test('the ink of a disc adds up to its area', () => {
  for (const radius of [1, 2, 3.3, 4.7]) {
    const total = draw([6, 6, radius, 6, 6, radius]).reduce((sum, ink) => sum + ink, 0)
    // The edge pixels are approximated: within 2 % and a tenth of a pixel.
    expect(Math.abs(total - Math.PI * radius ** 2)).toBeLessThan(0.02 * Math.PI * radius ** 2 + 0.1)
  }
})

test('half a pixel of overlap is half the ink', () => {
  expect(draw([3, 6, 1, 9, 6, 1])[4 * size + 6]).toBe(0)
  expect(draw([3, 6, 1.5, 9, 6, 1.5])[4 * size + 6]).toBeCloseTo(0.5, 12)
})

test('the radius grows along a piece', () => {
  const ink = draw([2.5, 6, 0.5, 9.5, 6, 3])
  const columnInk = (column: number): number =>
    Array.from({ length: size }, (_, row) => ink[row * size + column]!).reduce((sum, value) => sum + value, 0)
  for (let column = 3; column < 9; column++) expect(columnInk(column + 1)).toBeGreaterThan(columnInk(column))
})

test('what crosses the border is cut off there', () => {
  const ink = draw([-20, 6, 1, 40, 6, 1])
  expect(ink.every((value) => value >= 0 && value <= 1)).toBe(true)
  expect(ink[6 * size]).toBe(1)
  expect(ink[6 * size + size - 1]).toBe(1)
})

test('nothing drawn is no ink', () => {
  expect(draw().every((value) => value === 0)).toBe(true)
})
