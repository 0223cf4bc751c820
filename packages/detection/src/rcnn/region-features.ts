import { compile } from '@neurite/compiler'
import type { Tensor } from '@neurite/tensor'
import type { BoxArray } from '../boxes/box-array.ts'
import { paddedCount, regionBatch } from '../networks/region-batch.ts'
import type { FeatureRows } from './linear-svm.ts'
import type { RCNN } from './rcnn.ts'

type Rows = FeatureRows & { readonly data: Float32Array }

/** From an image [1, 3, H, W] and regions of it to the features of each. */
export type FeatureExtractor = (image: Tensor, regions: BoxArray) => Promise<Record<'hidden' | 'pool5', Rows>>

/** The features of a net, compiled. */
export function featureExtractor(model: RCNN): FeatureExtractor {
  const features = compile((image: Tensor, regions: Tensor) => model.features(image, regions))
  return async (image, regions) => {
    const count = regions.length / 4
    const { hidden, pool5 } = features(image, regionBatch([regions], paddedCount(count)))
    const rows = async (values: Tensor): Promise<Rows> => {
      const width: number = values.shape[1]
      return { data: ((await values.data()) as Float32Array).slice(0, count * width), width }
    }
    return { hidden: await rows(hidden), pool5: await rows(pool5) }
  }
}
