import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arbitraryBox } from '../test/arbitrary-boxes.ts'
import { expectNear } from '../test/expect-near.ts'
import { nms } from './nms.ts'
import { softNMS } from './soft-nms.ts'

// IoU of the first two 0.6, of the third with both 0.
const boxes = [0, 0, 4, 4, 0, 1, 4, 5, 6, 6, 9, 9]

it('lowers scores by the overlap with better boxes', () => {
  const gaussian = softNMS(boxes, [0.7, 0.9, 0.8])
  expect([...gaussian.indices]).toEqual([1, 2, 0])
  expectNear(gaussian.scores, [0.9, 0.8, 0.7 * Math.exp(-0.36 / 0.5)])
  const linear = softNMS(boxes, [0.7, 0.9, 0.8], { method: 'linear' })
  expectNear(linear.scores, [0.9, 0.8, 0.7 * 0.4])
  expectNear(softNMS(boxes, [0.7, 0.9, 0.8], { method: 'linear', iouThreshold: 0.61 }).scores, [0.9, 0.8, 0.7])
  expect([...softNMS(boxes, [0.7, 0.9, 0.8], { scoreThreshold: 0.5 }).indices]).toEqual([1, 2])
  expect(() => softNMS(boxes, [1, 1, 1], { sigma: 0 })).toThrow('softNMS: sigma must be positive; got 0.')
})

it('is greedy suppression where the decay is steep', () => {
  const examples = fc.array(fc.record({ box: arbitraryBox, score: fc.integer({ min: 1, max: 99 }) }), { maxLength: 15 })
  fc.assert(
    fc.property(examples, (examples) => {
      const boxes = examples.flatMap(({ box }) => box)
      const scores = examples.map(({ score }) => score)
      const soft = softNMS(boxes, scores, { sigma: 1e-9, scoreThreshold: 1e-3 })
      expect([...soft.indices]).toEqual([...nms(boxes, scores, { iouThreshold: 1e-3 })])
    }),
  )
})
