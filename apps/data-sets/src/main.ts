// pnpm data-sets [FOLDER]: real data sets, trained as the reference page says, beside PyTorch's results.

import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type DataSetOptions, parseCommandLine } from './command-line.ts'
import { readRows, referenceFor } from './reference/reference-page.ts'
import { type Result, showResults, verdictOn } from './results.ts'
import type { DataSet, Outcome } from './sets/data-set.ts'
import { dataSets } from './sets/index.ts'

/** Beside the repository, where it is there at all. */
const shared = fileURLToPath(new URL('../../../../shared', import.meta.url))

const print = (line: string): void => console.log(line)

async function main(): Promise<number> {
  const options = parseCommandLine(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  })
  if ('exitCode' in options) return options.exitCode
  const data = options.data ?? `${shared}/data`
  if (!existsSync(data)) {
    print(`data-sets: ${data} is absent: nothing to train on.`)
    return options.data === undefined ? 0 : 1
  }
  const chosen = choose(options.only)
  if (typeof chosen === 'string') {
    console.error(`data-sets: ${chosen}`)
    return 2
  }
  const results = await runAll(chosen, data, options)
  print('')
  for (const line of showResults(results)) print(line)
  if (options.heldOut === undefined)
    print(
      'PyTorch was tested on rows kept apart, but for mnist; neurite on visible ones that it was not trained on: see README.md.',
    )
  const isComparable = ({ set }: Result): boolean => options.heldOut !== undefined || set.file === 'mnist'
  return results.some((result) => isComparable(result) && verdictOn(result) === 'outside') ? 1 : 0
}

function choose(only: readonly string[] | undefined): readonly DataSet[] | string {
  if (only === undefined) return dataSets
  const isMeant = ({ file }: DataSet, name: string): boolean => file.replace(/\.\w+$/, '') === name || file === name
  const unknown = only.filter((name) => !dataSets.some((set) => isMeant(set, name)))
  if (unknown.length > 0)
    return `there is no data set ${unknown.join(', ')}; there are ${[...new Set(dataSets.map(({ file }) => file))].join(', ')}.`
  return dataSets.filter((set) => only.some((name) => isMeant(set, name)))
}

async function runAll(sets: readonly DataSet[], data: string, { heldOut, seeds }: DataSetOptions): Promise<Result[]> {
  const page = `${shared}/oracle/REFERENCE.md`
  const rows = existsSync(page) ? readRows(await readFile(page, 'utf8')) : []
  const results: Result[] = []
  for (const set of sets) {
    const start = performance.now()
    const outcomes: Outcome[] = []
    for (let seed = 1; seed <= Math.min(set.seeds, seeds ?? set.seeds); seed++) {
      const outcome = await set.run({ data, heldOut }, seed)
      outcomes.push(outcome)
      print(`${set.file} ${set.net}, seed ${seed}: ${set.measure} ${outcome.figure.toFixed(4)}`)
    }
    const reference = referenceFor(set, rows, heldOut !== undefined)
    results.push({ set, outcomes, reference, seconds: (performance.now() - start) / 1000 })
  }
  return results
}

process.exitCode = await main()
