import { bind, type RandomName } from '@neurite/tensor'
import type { BatchRules } from '../rule.ts'

export const randomBatching: BatchRules<RandomName> = {
  // Each key draws for itself.
  randomBits: ([keys], { attributes }) => bind('randomBits', [keys!.tensor], attributes),
}
