import type { MovementName } from '@neurite/tensor'
import { scattered } from '../scattered.ts'
import { casesOf, type RuleCases } from './case.ts'

const matrix = scattered([2, 3])
const cube = scattered([2, 3, 4])
const image = scattered([2, 7, 6])

export const movementCases: RuleCases<MovementName> = {
  reshape: casesOf('reshape', [
    ['to other axes', [matrix], { shape: [3, 2] }],
    ['to more axes', [matrix], { shape: [1, 2, 1, 3] }],
    ['to a scalar', [scattered([1, 1])], { shape: [] }],
    ['of nothing', [scattered([0, 2])], { shape: [3, 0] }],
  ]),
  permute: casesOf('permute', [
    ['of two axes', [matrix], { order: [1, 0] }],
    ['round', [cube], { order: [1, 2, 0] }],
    ['round the other way', [cube], { order: [2, 0, 1] }],
  ]),
  broadcast: casesOf('broadcast', [
    ['of a scalar', [scattered([])], { shape: [2, 3] }],
    ['of a row', [scattered([3])], { shape: [2, 3] }],
    ['of a column', [scattered([2, 1])], { shape: [2, 3] }],
    ['inside and in front', [scattered([2, 1, 3])], { shape: [5, 2, 4, 3] }],
    ['to its own shape', [matrix], { shape: [2, 3] }],
    ['of one to one', [scattered([1])], { shape: [1, 1] }],
    ['to nothing', [scattered([1, 3])], { shape: [0, 3] }],
  ]),
  slice: casesOf('slice', [
    ['from the middle', [cube], { starts: [0, 1, 1], stops: [1, 3, 3], steps: [1, 1, 1] }],
    ['in steps', [image], { starts: [0, 1, 0], stops: [2, 7, 6], steps: [1, 2, 4] }],
    ['in steps that leave a rest', [image], { starts: [1, 0, 1], stops: [2, 6, 5], steps: [1, 4, 2] }],
    ['of nothing', [matrix], { starts: [1, 2], stops: [2, 2], steps: [1, 1] }],
    ['of all', [matrix], { starts: [0, 0], stops: [2, 3], steps: [1, 1] }],
  ]),
  pad: casesOf('pad', [
    ['around', [matrix], { low: [1, 0], high: [2, 1], interior: [0, 0], value: 0 }],
    ['with a value', [matrix], { low: [1, 1], high: [0, 0], interior: [0, 0], value: -7 }],
    ['between', [matrix], { low: [0, 0], high: [0, 0], interior: [2, 1], value: 0 }],
    ['around and between', [matrix], { low: [1, 2], high: [0, 1], interior: [1, 2], value: 0 }],
    ['cropping', [cube], { low: [0, -1, -2], high: [-1, 0, -1], interior: [0, 0, 0], value: 0 }],
    ['cropping what was put between', [cube], { low: [0, -1, 1], high: [0, -2, -3], interior: [1, 1, 2], value: 0 }],
    ['of nothing', [scattered([0, 2])], { low: [1, 0], high: [1, 0], interior: [3, 0], value: 0 }],
  ]),
  flip: casesOf('flip', [
    ['of one axis', [matrix], { axes: [1] }],
    ['of two axes', [cube], { axes: [2, 0] }],
  ]),
  concatenate: casesOf('concatenate', [
    ['of three', [matrix, scattered([1, 3], { seed: 2 }), scattered([3, 3], { seed: 3 })], { axis: 0 }],
    ['along the last axis', [matrix, scattered([2, 1], { seed: 2 })], { axis: 1 }],
    ['of one', [matrix], { axis: 0 }],
    ['with nothing', [matrix, scattered([2, 0])], { axis: 1 }],
    ['of one twice', [matrix, matrix], { axis: 0 }, { by: [0] }],
  ]),
  window: casesOf('window', [
    ['overlapping', [scattered([6])], { axes: [0], sizes: [3], strides: [1], dilations: [1] }],
    ['side by side', [scattered([6])], { axes: [0], sizes: [2], strides: [2], dilations: [1] }],
    ['with gaps and a rest', [scattered([8])], { axes: [0], sizes: [2], strides: [3], dilations: [1] }],
    ['dilated', [scattered([8])], { axes: [0], sizes: [3], strides: [2], dilations: [2] }],
    ['of two axes', [image], { axes: [1, 2], sizes: [3, 2], strides: [2, 1], dilations: [1, 3] }],
    ['of axes in reverse', [image], { axes: [2, 0], sizes: [2, 2], strides: [2, 1], dilations: [1, 1] }],
    ['of no axis', [matrix], { axes: [], sizes: [], strides: [], dilations: [] }],
  ]),
  overlapAdd: casesOf('overlapAdd', [
    ['overlapping', [scattered([4, 3])], { axes: [0], lengths: [6], strides: [1], dilations: [1] }],
    ['side by side', [scattered([3, 2])], { axes: [0], lengths: [6], strides: [2], dilations: [1] }],
    ['with gaps and a rest', [scattered([3, 2])], { axes: [0], lengths: [9], strides: [3], dilations: [1] }],
    ['dilated', [scattered([2, 3])], { axes: [0], lengths: [8], strides: [2], dilations: [2] }],
    [
      'of two axes',
      [scattered([2, 3, 3, 3, 2])],
      { axes: [1, 2], lengths: [7, 6], strides: [2, 1], dilations: [1, 3] },
    ],
    [
      'of axes in reverse',
      [scattered([1, 7, 3, 2, 2])],
      { axes: [2, 0], lengths: [6, 2], strides: [2, 1], dilations: [1, 1] },
    ],
  ]),
}
