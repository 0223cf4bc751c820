import type { Tensor } from '@neurite/tensor'
import type { Named } from '../format/recorded.ts'
import { missing } from './operation.ts'

export interface Clipped {
  readonly clipped: readonly Tensor[]
  /** Before clipping. */
  readonly totalNorm?: Tensor
}

// biome-ignore lint/suspicious/noExplicitAny: attributes are whatever PyTorch's function takes.
type Clipping = (gradients: readonly Tensor[], attributes: any) => Clipped

export const clippings: Named<Clipping | typeof missing> = {
  clip_grad_norm_: missing,
  clip_grad_value_: missing,
} satisfies Record<'clip_grad_norm_' | 'clip_grad_value_', Clipping | typeof missing>
