import { describe, test } from 'vitest'
import { type Case, readCases } from './recording.ts'

/** One test for each recorded case of `group` that is `chosen`; where the recordings are absent, one that is skipped and says so. */
export function testRecorded<Fields>(
  group: string,
  chosen: (recorded: Case<Fields>) => boolean,
  check: (recorded: Case<Fields>) => Promise<void>,
): void {
  const cases = readCases<Fields>(group)
  if (cases === undefined) {
    test.skip(`${group} as PyTorch recorded them: ../shared/oracle is absent`, () => {})
    return
  }
  describe(`${group} as PyTorch recorded them`, () => {
    test.each(cases.filter(chosen).map((recorded) => [recorded.name, recorded] as const))('%s', (_, recorded) =>
      check(recorded),
    )
  })
}
