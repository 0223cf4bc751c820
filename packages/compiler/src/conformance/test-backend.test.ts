import { describe, expect, it } from 'vitest'
import { referenceBackend } from '../kernel/index.ts'
import { testBackend } from './test-backend.ts'

testBackend('the reference backend', referenceBackend, { describe, it, expect }, { programs: 300 })
