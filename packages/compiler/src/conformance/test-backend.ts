import type { Backend } from '../kernel/index.ts'
import { conformanceSections } from './suite.ts'

/** What the suite needs of a test runner; vitest, jest and bun:test have it. */
export interface TestRunner {
  readonly describe: (title: string, body: () => void) => unknown
  readonly it: (title: string, body: () => Promise<void>) => unknown
  readonly expect: (actual: unknown) => { toEqual(expected: unknown): unknown }
}

/**
 * Declares the tests that a backend conforms to the kernel IR: it must do what the interpreter does, within the rounding errors that
 * floats allow.
 * @param createBackend is called once, when the first test runs.
 */
export function testBackend(
  name: string,
  createBackend: () => Backend | Promise<Backend>,
  { describe, it, expect }: TestRunner,
): void {
  let backend: Promise<Backend> | undefined
  const create = async (): Promise<Backend> => createBackend()
  describe(`${name} conforms`, () => {
    for (const { title, tests } of conformanceSections())
      describe(title, () => {
        for (const test of tests)
          it(test.title, async () => {
            backend ??= create()
            expect(await test.run(await backend)).toEqual([])
          })
      })
  })
}
