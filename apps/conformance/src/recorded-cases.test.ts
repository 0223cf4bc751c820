// PyTorch's recorded cases as tests: what neurite can say must be right, on every backend. What it cannot say yet is not counted here.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { installEvaluator, referenceEvaluator } from '@neurite/tensor'
import { afterAll, describe, expect, it } from 'vitest'
import { backendNames, installBackend } from './backends.ts'
import { findCaseFiles, readCaseFile } from './format/read-cases.ts'
import { TensorReader } from './format/tensors.ts'
import { runCase } from './run-case.ts'

const oracle = fileURLToPath(new URL('../../../../shared/oracle', import.meta.url))
const files = existsSync(oracle) ? findCaseFiles(oracle).map(readCaseFile) : []

afterAll(() => installEvaluator(referenceEvaluator))

describe.skipIf(files.length === 0)('recorded cases (absent: ../shared/oracle)', () => {
  describe.each(backendNames)('on %s', (backend) => {
    it.each(files.map(({ group, cases }) => [group, cases] as const))(
      '%s',
      async (_, cases) => {
        installBackend(backend)
        const reader = new TensorReader('float32')
        const wrong: object[] = []
        for (const recorded of cases) {
          const verdict = await runCase(recorded, reader)
          if (verdict.kind === 'skipped' || (verdict.kind === 'failed' && !verdict.isMissing))
            wrong.push({ case: recorded.name, verdict })
        }
        expect(wrong).toEqual([])
      },
      120_000,
    )
  })
})
