import type { CreationName } from '@neurite/tensor'
import type { VjpRules } from '../rule.ts'

export const creationRules: VjpRules<CreationName> = { input: null, constant: null, iota: null }
