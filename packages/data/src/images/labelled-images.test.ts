import { expect, test } from 'vitest'
import type { IdxArray } from '../readers/idx-file.ts'
import { labelledImages } from './labelled-images.ts'

function bytes(shape: readonly number[], value = 0): IdxArray {
  return {
    dtype: 'uint8',
    shape,
    data: new Uint8Array(shape.reduce((product, length) => product * length, 1)).fill(value),
  }
}

test('images and labels of one count belong together', () => {
  const [images, labels] = [bytes([3, 4, 5], 9), bytes([3], 2)]
  expect(labelledImages({ images, labels })).toEqual({
    images: images.data,
    labels: labels.data,
    count: 3,
    height: 4,
    width: 5,
    classes: 10,
  })
})

test('counts that differ are an error with both numbers', () => {
  const names = { images: 'a.idx', labels: 'b.idx' }
  expect(() => labelledImages({ images: bytes([3, 4, 5]), labels: bytes([4]), names })).toThrow(
    'a.idx holds 3 images, but b.idx 4 labels',
  )
})

test('labels given as images and images given as labels are told apart', () => {
  expect(() => labelledImages({ images: bytes([3]), labels: bytes([3]) })).toThrow(
    'images: images are uint8 with 3 axes',
  )
  expect(() => labelledImages({ images: bytes([3]), labels: bytes([3]) })).toThrow('a labels file?')
  expect(() => labelledImages({ images: bytes([3, 4, 5]), labels: bytes([3, 4, 5]) })).toThrow('an images file?')
})

test('elements that are no bytes are an error', () => {
  const images: IdxArray = { dtype: 'float32', shape: [1, 2, 2], data: new Float32Array(4) }
  expect(() => labelledImages({ images, labels: bytes([1]) })).toThrow('this is float32')
})

test('a label that no class has is an error that shows where', () => {
  const labels: IdxArray = { dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 9, 10) }
  expect(() => labelledImages({ images: bytes([3, 1, 1]), labels })).toThrow(
    'label 2 is 10; with 10 classes labels go from 0 to 9',
  )
  expect(labelledImages({ images: bytes([3, 1, 1]), labels, classes: 11 }).classes).toBe(11)
})
