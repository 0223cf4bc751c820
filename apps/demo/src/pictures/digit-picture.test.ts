import { expect, test } from 'vitest'
import { digitPicture, sideBySide } from './digit-picture.ts'

test('two pixels one above the other become a character as bright as their mean', () => {
  const pixels = [0, 255, 128, 0, 0, 255, 10, 255]
  expect(digitPicture({ pixels, height: 2, width: 4 })).toEqual([' @:='])
})

test('the last row of an odd height stands for itself', () => {
  expect(digitPicture({ pixels: [0, 0, 255], height: 3, width: 1 })).toEqual([' ', '@'])
})

test('the margin is left out on every side', () => {
  const pixels = new Array<number>(36).fill(255)
  for (const i of [14, 15, 20, 21]) pixels[i] = 0
  expect(digitPicture({ pixels, height: 6, width: 6 }, 2)).toEqual(['  '])
  expect(digitPicture({ pixels, height: 6, width: 6 })).toEqual(['@@@@@@', '@@  @@', '@@@@@@'])
})

test('pictures of different sizes stand beside each other', () => {
  expect(sideBySide([['ab', 'c'], ['x'], ['1', '2', '3']], 2)).toEqual(['ab  x  1', 'c      2', '       3'])
  expect(sideBySide([], 2)).toEqual([])
})
