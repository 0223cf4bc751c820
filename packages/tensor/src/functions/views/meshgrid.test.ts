import { expect, it } from 'vitest'
import { zeros } from '../../create.ts'
import { tensor } from '../../from-data.ts'
import type { Tensor } from '../../tensor.ts'
import { expectTensor } from '../../test/closeness.ts'
import { meshgrid } from './meshgrid.ts'

it('has an axis for each vector', () => {
  const [a, b] = meshgrid([tensor([1, 2]), tensor([3, 4, 5])])
  expectTensor(a!, [2, 3], [1, 1, 1, 2, 2, 2])
  expectTensor(b!, [2, 3], [3, 4, 5, 3, 4, 5])
  const [x, y] = meshgrid([tensor([1, 2]), tensor([3, 4, 5])], { indexing: 'xy' })
  expectTensor(x!, [3, 2], [1, 2, 1, 2, 1, 2])
  expectTensor(y!, [3, 2], [3, 3, 4, 4, 5, 5])
  const matrix: Tensor = zeros([2, 2])
  expect(() => meshgrid([matrix])).toThrow('meshgrid: takes vectors, not [2, 2].')
})
