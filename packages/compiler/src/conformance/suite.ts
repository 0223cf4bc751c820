// The whole suite, independent of any test runner.

import { accessCases } from './cases/access.ts'
import { contractionCases } from './cases/contractions.ts'
import { convolutionCases } from './cases/convolutions.ts'
import { epilogueCases } from './cases/epilogues.ts'
import { guardCases } from './cases/guards.ts'
import { lookUpCases, scatterCases } from './cases/look-ups.ts'
import { reductionCases, rowProgramCases } from './cases/reductions.ts'
import { repeatCases } from './cases/repeats.ts'
import { castCases, scalarOperationCases } from './cases/scalar-operations.ts'
import { updateCases } from './cases/updates.ts'
import { type ConformanceCase, runCase } from './conformance-case.ts'
import type { ConformanceSection, ConformanceTest } from './conformance-test.ts'
import { executableTests } from './contract/executables.ts'
import { runTests } from './contract/runs.ts'
import { stateTests } from './contract/states.ts'
import { randomCase } from './programs/random-program.ts'

export interface ConformanceOptions {
  /** Number of random programs; default: the environment variable NEURITE_CONFORMANCE_PROGRAMS, or 500. */
  readonly programs?: number
  /** Seed of the first random program, the next having the next; default: the environment variable NEURITE_CONFORMANCE_SEED, or 1. */
  readonly seed?: number
}

/** All tests, which a backend passes if every one of them finds nothing. */
export function conformanceSections({
  programs = environmentNumber('NEURITE_CONFORMANCE_PROGRAMS') ?? 500,
  seed = environmentNumber('NEURITE_CONFORMANCE_SEED') ?? 1,
}: ConformanceOptions = {}): readonly ConformanceSection[] {
  return [
    { title: 'contract', tests: [...stateTests, ...runTests, ...executableTests] },
    section('scalar operations', scalarOperationCases()),
    section('casts', castCases()),
    section('access', accessCases()),
    section('guards and divisions', guardCases()),
    section('look-ups', lookUpCases()),
    section('reductions', reductionCases()),
    section('row programs', rowProgramCases()),
    section('updates', updateCases()),
    section('repeats', repeatCases()),
    section('contractions', contractionCases()),
    section('epilogues', epilogueCases()),
    section('convolutions', convolutionCases()),
    section('scatters', scatterCases()),
    { title: 'random programs', tests: randomProgramTests(programs, seed) },
  ]
}

function section(title: string, cases: readonly ConformanceCase[]): ConformanceSection {
  return {
    title,
    tests: cases.map((testCase) => ({ title: testCase.title, run: (backend) => runCase(backend, testCase) })),
  }
}

// Enough that test runners do not drown in titles, few enough for their time limit.
const programsPerTest = 25

function randomProgramTests(count: number, firstSeed: number): readonly ConformanceTest[] {
  return Array.from({ length: Math.ceil(count / programsPerTest) }, (_, part) => {
    const first = firstSeed + part * programsPerTest
    const end = Math.min(first + programsPerTest, firstSeed + count)
    return {
      title: `seeds ${first} … ${end - 1}`,
      run: async (backend) => {
        for (let seed = first; seed < end; seed++) {
          const found = await runCase(backend, randomCase(seed))
          if (found.length > 0) return [`random program of seed ${seed} (NEURITE_CONFORMANCE_SEED=${seed}):`, ...found]
        }
        return []
      },
    }
  })
}

/** @throws Error if the variable is not a whole number. */
function environmentNumber(name: string): number | undefined {
  const { process } = globalThis as { process?: { env?: { readonly [name: string]: string | undefined } } }
  const text = process?.env?.[name]
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 0)
    throw new Error(`${name}: is "${text}", but must be a whole number, 0 or more.`)
  return value
}
