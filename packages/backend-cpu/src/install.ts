// Importing this makes everything run on the CPU backend.

import { useBackend } from '@neurite/compiler'
import { cpuBackend } from './index.ts'

useBackend(cpuBackend())
