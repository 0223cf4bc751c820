import { describe, expect, test } from 'vitest'
import { arithmeticMutants } from '../test/mutants/arithmetic-mutants.ts'
import { behaviourMutants } from '../test/mutants/behaviour-mutants.ts'
import type { Mutant } from '../test/mutants/mutant.ts'
import { structureMutants } from '../test/mutants/structure-mutants.ts'
import { conformanceSections } from './suite.ts'

const sections = new Map(conformanceSections({ programs: 150, seed: 1 }).map(({ title, tests }) => [title, tests]))

/** What the first test that fails says. */
async function firstFailure({ caughtBy, create }: Mutant): Promise<string | undefined> {
  const backend = create()
  for (const { run } of sections.get(caughtBy)!) {
    const found = await run(backend).catch((error: unknown) => [`the test threw ${error}`])
    if (found.length > 0) return found.join('\n')
  }
  return undefined
}

describe('the section for it finds that', () => {
  test.each([...arithmeticMutants, ...structureMutants])('$mistake', async (mutant) => {
    const failure = await firstFailure(mutant)
    expect(failure, `${mutant.caughtBy} found nothing`).toBeDefined()
    // It must be the numbers that are wrong: a mutant that breaks down would prove nothing.
    expect(failure).toMatch(/elements are off|threw nothing/)
  })

  test.each(behaviourMutants)('$mistake', async (mutant) => {
    expect(await firstFailure(mutant), `${mutant.caughtBy} found nothing`).toBeDefined()
  })
})
