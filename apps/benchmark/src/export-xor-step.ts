// A program of its own, part of the build: exports the XOR step ahead of time, for what runs it without the framework.

import '@neurite/backend-cpu/install'
import { writeFile } from 'node:fs/promises'
import { trainingStep } from './libraries/neurite.ts'
import { xorStep } from './workloads/xor-step.ts'

const { step, x, y } = trainingStep(xorStep.make())
const { wasm, javascript } = await step.export(x, y)
await writeFile(new URL('../exported/xor-step.wasm', import.meta.url), wasm)
await writeFile(new URL('../exported/xor-step.mjs', import.meta.url), javascript)
