import { tensor, zeros } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { Flatten } from '../index.ts'

test('joins all axes but the first, row-major', () => {
  expect(
    new Flatten()
      .forward(
        tensor([
          [
            [1, 2],
            [3, 4],
          ],
          [
            [5, 6],
            [7, 8],
          ],
        ]),
      )
      .toArraySync(),
  ).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ])
})

test('joins the axes asked for', () => {
  expect(new Flatten(0, 1).forward(zeros([2, 3, 4])).shape).toEqual([6, 4])
  expect(new Flatten(0).forward(zeros([2, 3, 4])).shape).toEqual([24])
  expect(new Flatten(-3, -2).forward(zeros([2, 3, 4, 5])).shape).toEqual([2, 12, 5])
})
