import type { RandomName } from '@neurite/tensor'
import type { JvpRules } from '../rule.ts'

export const randomTangents: JvpRules<RandomName> = { randomBits: null }
