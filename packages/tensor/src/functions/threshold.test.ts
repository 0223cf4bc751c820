import { it } from 'vitest'
import { tensor } from '../from-data.ts'
import { expectTensor } from '../test/closeness.ts'
import { threshold, thresholdLogic } from './threshold.ts'

it('replaces what does not pass the threshold', () => {
  expectTensor(threshold(tensor([-1, 0.2, 0.3, 4]), { threshold: 0.2, value: -3 }), [4], [-3, -3, 0.3, 4])
})

it('thresholdLogic is linear between 0 and 1', () => {
  expectTensor(thresholdLogic(tensor([-1, 0, 0.4, 1, 7])), [5], [0, 0, 0.4, 1, 1])
})
