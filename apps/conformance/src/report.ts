// What the runner prints.

import type { OperationCase, RecordedCase } from './format/recorded.ts'
import type { Verdict } from './run-case.ts'

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** Counts verdicts, and prints those that are not passed as they come. */
export class Report {
  readonly #print: (line: string) => void
  readonly #counts = { passed: 0, failed: 0, skipped: 0 }

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  get counts(): Counts {
    return this.#counts
  }

  add(group: string, recorded: RecordedCase, verdict: Verdict): void {
    this.#counts[verdict.kind]++
    if (verdict.kind === 'passed') return
    this.#print(`${verdict.kind} ${group}/${recorded.name}: ${operationOf(recorded)}`)
    for (const line of verdict.kind === 'failed' ? verdict.differences : [verdict.why]) this.#print(`  ${line}`)
  }

  /** The counts of one file. */
  endGroup(group: string, before: Counts): void {
    const { passed, failed, skipped } = this.#counts
    this.#print(
      `${group}: ${summary({
        passed: passed - before.passed,
        failed: failed - before.failed,
        skipped: skipped - before.skipped,
      })}`,
    )
  }

  end(): void {
    this.#print(summary(this.#counts))
  }
}

function summary({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}

/** The operation with its attributes; of a training, which has many, the kind. */
function operationOf(recorded: RecordedCase): string {
  const { op, attrs = {} } = recorded as Partial<OperationCase>
  if (op === undefined) return recorded.kind
  const attributes = Object.entries(attrs).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return `${op}(${attributes.join(', ')})`
}
