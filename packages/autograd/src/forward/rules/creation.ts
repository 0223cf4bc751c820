import type { CreationName } from '@neurite/tensor'
import type { JvpRules } from '../rule.ts'

export const creationTangents: JvpRules<CreationName> = { input: null, constant: null, iota: null }
