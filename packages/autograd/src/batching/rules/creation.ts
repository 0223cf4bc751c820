import type { CreationName } from '@neurite/tensor'
import type { BatchRules } from '../rule.ts'

export const creationBatching: BatchRules<CreationName> = { input: null, constant: null, iota: null }
