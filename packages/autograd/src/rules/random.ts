import type { RandomName } from '@neurite/tensor'
import type { VjpRules } from '../rule.ts'

export const randomRules: VjpRules<RandomName> = { randomBits: null }
