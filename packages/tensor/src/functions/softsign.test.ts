import { it } from 'vitest'
import { tensor } from '../from-data.ts'
import { expectTensor } from '../test/closeness.ts'
import { softsign } from './softsign.ts'

it('saturates slowly', () => {
  expectTensor(softsign(tensor([-3, 0, 1, 99])), [4], [-0.75, 0, 0.5, 0.99])
})
