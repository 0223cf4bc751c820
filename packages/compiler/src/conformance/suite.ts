// The whole suite, independent of any test runner.

import type { Backend } from '../kernel/index.ts'
import { accessCases } from './cases/access.ts'
import { contractionCases } from './cases/contractions.ts'
import { convolutionCases } from './cases/convolutions.ts'
import { guardCases } from './cases/guards.ts'
import { lookUpCases, scatterCases } from './cases/look-ups.ts'
import { reductionCases, rowProgramCases } from './cases/reductions.ts'
import { castCases, scalarOperationCases } from './cases/scalar-operations.ts'
import { updateCases } from './cases/updates.ts'
import { type ConformanceCase, runCase } from './conformance-case.ts'

export interface ConformanceTest {
  readonly title: string
  /** @returns sentences about what is wrong; none if the backend conforms. */
  run(backend: Backend): Promise<readonly string[]>
}

export interface ConformanceSection {
  readonly title: string
  readonly tests: readonly ConformanceTest[]
}

export function conformanceSections(): readonly ConformanceSection[] {
  return [
    section('scalar operations', scalarOperationCases()),
    section('casts', castCases()),
    section('access', accessCases()),
    section('guards and divisions', guardCases()),
    section('look-ups', lookUpCases()),
    section('reductions', reductionCases()),
    section('row programs', rowProgramCases()),
    section('updates', updateCases()),
    section('contractions', contractionCases()),
    section('convolutions', convolutionCases()),
    section('scatters', scatterCases()),
  ]
}

function section(title: string, cases: readonly ConformanceCase[]): ConformanceSection {
  return {
    title,
    tests: cases.map((testCase) => ({ title: testCase.title, run: (backend) => runCase(backend, testCase) })),
  }
}
