import { clipByNorm, clipByValue } from '@neurite/optimizers'
import type { Tensor } from '@neurite/tensor'
import type { Named } from '../format/recorded.ts'
import type { missing } from './operation.ts'

export interface Clipped {
  readonly clipped: readonly Tensor[]
  /** Before clipping. */
  readonly totalNorm?: Tensor
}

// biome-ignore lint/suspicious/noExplicitAny: attributes are whatever PyTorch's function takes.
type Clipping = (gradients: readonly Tensor[], attributes: any) => Clipped

export const clippings: Named<Clipping | typeof missing> = {
  clip_grad_norm_: (gradients, { max_norm, norm_type = 2 }) => {
    const clipped = clipByNorm(gradients, max_norm, { order: norm_type === 'inf' ? Infinity : norm_type })
    return { clipped: clipped.gradients, totalNorm: clipped.norm }
  },
  clip_grad_value_: (gradients, { clip_value }) => ({ clipped: clipByValue(gradients, clip_value) }),
} satisfies Record<'clip_grad_norm_' | 'clip_grad_value_', Clipping | typeof missing>
