import type { Tensor } from '@neurite/tensor'

/** Where queries may attend: bools, true where they may, or floats, which are added to the scores. */
export interface AttentionMasks {
  /** Broadcasts to [N, heads, L, S]: [L, S] for all alike. */
  readonly mask?: Tensor | undefined
  /** Of keys that count at all, such as those that are no padding: [N, S]. */
  readonly keyMask?: Tensor | undefined
  /** Whether a query attends only to the keys up to its own position. Default false. */
  readonly isCausal?: boolean
}

/** Both masks as one; undefined where there is none. */
export function joinedMask({ mask, keyMask }: AttentionMasks): Tensor | undefined {
  const ofKeys = keyMask?.unsqueeze(1).unsqueeze(1)
  if (mask === undefined || ofKeys === undefined) return mask ?? ofKeys
  if (mask.dtype === 'bool' && ofKeys.dtype === 'bool') return mask.and(ofKeys)
  return asSummand(mask).add(asSummand(ofKeys))
}

function asSummand(mask: Tensor): Tensor {
  return mask.dtype === 'bool' ? mask.choose(0, -Infinity) : mask
}
