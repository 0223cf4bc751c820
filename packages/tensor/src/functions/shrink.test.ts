import { it } from 'vitest'
import { tensor } from '../from-data.ts'
import { expectTensor } from '../test/closeness.ts'
import { hardShrink, softShrink, tanhShrink } from './shrink.ts'

const x = tensor([-2, -0.5, -0.1, 0, 0.3, 0.5, 3])

it('takes small values to 0, and moves the others or not', () => {
  expectTensor(hardShrink(x), [7], [-2, 0, 0, 0, 0, 0, 3])
  expectTensor(hardShrink(x, 0.2), [7], [-2, -0.5, 0, 0, 0.3, 0.5, 3])
  expectTensor(softShrink(x), [7], [-1.5, 0, 0, 0, 0, 0, 2.5])
  expectTensor(
    tanhShrink(x),
    [7],
    [-2, -0.5, -0.1, 0, 0.3, 0.5, 3].map((v) => v - Math.tanh(v)),
  )
})
