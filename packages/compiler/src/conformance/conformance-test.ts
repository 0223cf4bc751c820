import type { Backend } from '../kernel/index.ts'

export interface ConformanceTest {
  readonly title: string
  /** @returns sentences about what is wrong; none if the backend conforms. */
  run(backend: Backend): Promise<readonly string[]>
}

export interface ConformanceSection {
  readonly title: string
  readonly tests: readonly ConformanceTest[]
}
