import { it } from 'vitest'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { lpPool1d, lpPool2d } from './lp-pooling.ts'

it('takes the norm of each window', () => {
  const line: Tensor = tensor([3, -4, 0, 0], { shape: [1, 1, 4] })
  expectTensor(lpPool1d(line, { order: 2, kernelSize: 2 }), [1, 1, 2], [5, 0])
  expectTensor(lpPool1d(line, { order: 1, kernelSize: 3, stride: 1 }), [1, 1, 2], [7, 4])
  expectTensor(lpPool2d(line.reshape([1, 1, 2, 2]), { order: 3, kernelSize: 2 }), [1, 1, 1, 1], [91 ** (1 / 3)])
})
