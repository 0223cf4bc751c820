import type { ContractionName, Primitives, Tensor } from '@neurite/tensor'
import { scattered } from '../scattered.ts'
import { type CaseOptions, casesOf, type RuleCases } from './case.ts'

const other = { seed: 2 }

export const contractionCases: RuleCases<ContractionName> = {
  contract: casesOf('contract', [
    ['of matrices', [scattered([2, 3]), scattered([3, 4], other)], { batch: [], over: [[1, 0]] }],
    ['of matrices, transposed right', [scattered([2, 3]), scattered([4, 3], other)], { batch: [], over: [[1, 1]] }],
    ['of matrices, transposed left', [scattered([3, 2]), scattered([3, 4], other)], { batch: [], over: [[0, 0]] }],
    ['of matrices, both transposed', [scattered([3, 2]), scattered([4, 3], other)], { batch: [], over: [[0, 1]] }],
    ['of vectors', [scattered([3]), scattered([3], other)], { batch: [], over: [[0, 0]] }],
    ['outer', [scattered([2]), scattered([3], other)], { batch: [], over: [] }],
    ['of scalars', [scattered([]), scattered([], other)], { batch: [], over: [] }],
    [
      'element by element',
      [scattered([2, 3]), scattered([2, 3], other)],
      {
        batch: [
          [0, 0],
          [1, 1],
        ],
        over: [],
      },
    ],
    ['in a batch', [scattered([2, 3, 4]), scattered([2, 4, 2], other)], { batch: [[0, 0]], over: [[2, 1]] }],
    ['in a batch behind', [scattered([3, 4, 2]), scattered([4, 5, 2], other)], { batch: [[2, 2]], over: [[1, 0]] }],
    [
      'over two pairs',
      [scattered([2, 3, 4]), scattered([3, 4, 2], other)],
      {
        batch: [],
        over: [
          [1, 0],
          [2, 1],
        ],
      },
    ],
    [
      'over crossed pairs',
      [scattered([2, 3, 4]), scattered([4, 2, 3], other)],
      {
        batch: [],
        over: [
          [2, 0],
          [1, 2],
        ],
      },
    ],
    [
      'over pairs around free axes',
      [scattered([3, 2, 4]), scattered([4, 2, 3], other)],
      {
        batch: [],
        over: [
          [0, 2],
          [2, 0],
        ],
      },
    ],
    [
      'in crossed batches',
      [scattered([2, 3, 4]), scattered([3, 4, 2], other)],
      {
        batch: [
          [1, 0],
          [0, 2],
        ],
        over: [[2, 1]],
      },
    ],
    ['over nothing', [scattered([2, 0]), scattered([0, 3], other)], { batch: [], over: [[1, 0]] }],
    ['to nothing', [scattered([0, 2]), scattered([2, 3], other)], { batch: [], over: [[1, 0]] }],
    withItself(scattered([3, 3])),
  ]),

  convolution: casesOf('convolution', [
    ['of one axis', [scattered([2, 1, 2, 5]), scattered([1, 3, 2, 3], other)], spatial(1)],
    ['of two axes', [scattered([1, 1, 2, 4, 5]), scattered([1, 2, 2, 2, 3], other)], spatial(2)],
    ['of three axes', [scattered([1, 1, 1, 3, 3, 3]), scattered([1, 2, 1, 2, 2, 2], other)], spatial(3)],
    ['without spatial axes', [scattered([2, 2, 3]), scattered([2, 2, 3], other)], spatial(0)],
    ['by single elements', [scattered([1, 1, 2, 3]), scattered([1, 2, 2, 1], other)], spatial(1)],
    ['with strides', [scattered([1, 1, 1, 7]), scattered([1, 2, 1, 3], other)], { ...spatial(1), strides: [2] }],
    [
      'with strides that leave a rest',
      [scattered([1, 1, 1, 8]), scattered([1, 2, 1, 3], other)],
      { ...spatial(1), strides: [3] },
    ],
    [
      'with strides beyond the kernel',
      [scattered([1, 1, 1, 8]), scattered([1, 1, 1, 2], other)],
      { ...spatial(1), strides: [4] },
    ],
    ['with padding', [scattered([1, 1, 1, 4]), scattered([1, 2, 1, 3], other)], { ...spatial(1), low: [1], high: [2] }],
    [
      'with padding beyond the kernel',
      [scattered([1, 1, 1, 2]), scattered([1, 1, 1, 2], other)],
      { ...spatial(1), low: [3], high: [3] },
    ],
    ['cropping', [scattered([1, 1, 1, 7]), scattered([1, 2, 1, 2], other)], { ...spatial(1), low: [-1], high: [-2] }],
    [
      'with a dilated kernel',
      [scattered([1, 1, 2, 7]), scattered([1, 2, 2, 3], other)],
      { ...spatial(1), kernelDilation: [2] },
    ],
    [
      'with a dilated input',
      [scattered([1, 1, 2, 4]), scattered([1, 2, 2, 3], other)],
      { ...spatial(1), inputDilation: [3] },
    ],
    ['in groups', [scattered([2, 3, 2, 4]), scattered([3, 2, 2, 2], other)], spatial(1)],
    ['depthwise', [scattered([1, 3, 1, 4, 4]), scattered([3, 1, 1, 2, 2], other)], { ...spatial(2), low: [1, 0] }],
    [
      'with all at once',
      [scattered([2, 2, 2, 5, 4]), scattered([2, 3, 2, 2, 3], other)],
      {
        strides: [2, 1],
        low: [1, 2],
        high: [2, -1],
        inputDilation: [1, 2],
        kernelDilation: [2, 1],
      },
    ],
    ['of an empty batch', [scattered([0, 1, 2, 5]), scattered([1, 3, 2, 3], other)], spatial(1)],
    [
      'of padding alone',
      [scattered([1, 1, 1, 0]), scattered([1, 2, 1, 2], other)],
      { ...spatial(1), low: [2], high: [1] },
    ],
  ]),
}

/** Unit strides and dilations, no padding. */
function spatial(axes: number): Primitives['convolution'] {
  const [ones, zeros] = [Array<number>(axes).fill(1), Array<number>(axes).fill(0)]
  return { strides: ones, low: zeros, high: zeros, inputDilation: ones, kernelDilation: ones }
}

function withItself(x: Tensor): [string, Tensor[], Primitives['contract'], CaseOptions] {
  return ['of a matrix with itself', [x, x], { batch: [], over: [[1, 0]] }, { by: [0] }]
}
