import { testBackend } from '@neurite/compiler/conformance'
import { describe, expect, it } from 'vitest'
import { cpuBackend } from './index.ts'

testBackend('cpu', cpuBackend, { describe, it, expect })
