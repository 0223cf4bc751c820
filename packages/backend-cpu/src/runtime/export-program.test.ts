import { testBackend } from '@neurite/compiler/conformance'
import { describe, expect, it } from 'vitest'
import { exportingBackend } from '../test/exporting-backend.ts'

testBackend('exported programs', exportingBackend, { describe, it, expect }, { programs: 200 })
