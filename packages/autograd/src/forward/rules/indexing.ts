import type { IndexingName } from '@neurite/tensor'
import type { JvpRules } from '../rule.ts'
import { moving } from './movement.ts'

export const indexingTangents: JvpRules<IndexingName> = { gather: moving('gather'), scatterAdd: moving('scatterAdd') }
