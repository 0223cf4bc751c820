import type { Backend } from '../kernel/index.ts'
import { type ConformanceOptions, conformanceSections } from './suite.ts'

/** What the suite needs of a test runner; vitest, jest and bun:test have it. */
export interface TestRunner {
  readonly describe: (title: string, body: () => void) => unknown
  readonly it: (title: string, body: () => Promise<void>, milliseconds: number) => unknown
  readonly expect: (actual: unknown) => { toEqual(expected: unknown): unknown }
}

// A test takes milliseconds, unless the machine is busy with something else.
const timeLimit = 60_000

/**
 * Declares the tests that a backend conforms to the kernel IR: that it does what the interpreter does, within the rounding errors
 * that floats allow, and keeps the promises of its interface. A failure shows what differs and the program's text.
 * @param name in the tests' titles.
 * @param createBackend is called once, when the first test runs.
 * @param options number and seed of the random programs.
 */
export function testBackend(
  name: string,
  createBackend: () => Backend | Promise<Backend>,
  { describe, it, expect }: TestRunner,
  options: ConformanceOptions = {},
): void {
  let backend: Promise<Backend> | undefined
  const create = async (): Promise<Backend> => createBackend()
  describe(`${name} conforms`, () => {
    for (const { title, tests } of conformanceSections(options))
      describe(title, () => {
        for (const test of tests)
          it(
            test.title,
            async () => {
              backend ??= create()
              expect(await test.run(await backend)).toEqual([])
            },
            timeLimit,
          )
      })
  })
}
