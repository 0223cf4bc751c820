import type { ItemPlace } from '../streams/map-cursor.ts'
import { RandomStream } from './random-stream.ts'

/**
 * Random numbers of an example's own in an epoch: the same whatever was drawn before, in whichever batch, thread or order.
 *
 *     stream.map((image, place) => augment(image, randomOfExample(7, place)))
 *
 * @throws RangeError if `epoch` is not below 2²¹, or `index` not below 2³².
 */
export function randomOfExample(seed: number, { epoch, index }: ItemPlace): RandomStream {
  if (!(epoch >= 0 && epoch < 2 ** 21 && index >= 0 && index < 2 ** 32))
    throw new RangeError(`randomOfExample: epoch must be below 2²¹ and index below 2³²; got ${epoch} and ${index}.`)
  return new RandomStream(seed, epoch * 2 ** 32 + index)
}
