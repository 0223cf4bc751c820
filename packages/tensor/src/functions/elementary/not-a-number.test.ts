import { expect, it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { areFinite, areNaN, fmax, fmin } from './not-a-number.ts'

const x: Tensor = tensor([1, Number.NaN, Infinity, -Infinity])

it('tells numbers from what is none', () => {
  expect([...areNaN(x).dataSync()]).toEqual([0, 1, 0, 0])
  expect([...areFinite(x).dataSync()]).toEqual([1, 0, 0, 0])
  expect([...areFinite(tensor([1, 2], { dtype: 'int32' })).dataSync()]).toEqual([1, 1])
  expect([...areNaN(tensor([true, false])).dataSync()]).toEqual([0, 0])
})

it('fmax and fmin prefer numbers to NaN', () => {
  const [a, b]: Tensor[] = [tensor([Number.NaN, 1, 2, Number.NaN]), tensor([0, Number.NaN, 3, Number.NaN])]
  expect([...fmax(a!, b!).dataSync()]).toEqual([0, 1, 3, NaN])
  expect([...fmin(a!, b!).dataSync()]).toEqual([0, 1, 2, NaN])
  expect([...fmax(a!, 1.5).dataSync()]).toEqual([1.5, 1.5, 2, 1.5])
})
