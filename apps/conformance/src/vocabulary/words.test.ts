import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { clippings } from './clipping.ts'
import { operations } from './index.ts'
import { layers } from './layers.ts'
import { optimizers } from './optimizers.ts'
import { schedules } from './schedules.ts'

const readme = new URL('../../../../../shared/oracle/README.md', import.meta.url)

/** Every word of the tables under "Vocabulary", and those that only stand in the text. */
function documentedWords(): string[] {
  const vocabulary = readFileSync(readme, 'utf8').split('## Vocabulary')[1]!
  const rows = [...vocabulary.matchAll(/^\| (\w+) \|/gm)].map((match) => match[1]!)
  return [...rows.filter((word) => word !== 'op'), 'last_step']
}

describe.skipIf(!existsSync(readme))('the vocabulary (absent: ../shared/oracle)', () => {
  it("is that of the format's README", () => {
    const known = [operations, layers, optimizers, schedules, clippings].flatMap((table) => Object.keys(table))
    expect(known.sort()).toEqual(documentedWords().sort())
  })
})
