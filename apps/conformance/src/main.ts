// pnpm conformance [PATH...]: PyTorch's recorded cases, computed and compared.

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { installBackend } from './backends.ts'
import { type ConformanceOptions, parseCommandLine } from './command-line.ts'
import { CaseFileError, findCaseFiles, readCaseFile } from './format/read-cases.ts'
import { TensorReader } from './format/tensors.ts'
import { Report } from './report.ts'
import { runCase } from './run-case.ts'

/** Beside the repository, where it is there at all. */
const oracle = fileURLToPath(new URL('../../../../shared/oracle', import.meta.url))

const print = (line: string): void => console.log(line)

async function runFiles(files: readonly string[], { backend, dtype }: ConformanceOptions): Promise<number> {
  installBackend(backend)
  const reader = new TensorReader(dtype)
  const report = new Report(print)
  for (const file of files) {
    const { group, cases } = readCaseFile(file)
    const before = { ...report.counts }
    for (const recorded of cases) report.add(group, recorded, await runCase(recorded, reader))
    if (files.length > 1) report.endGroup(group, before)
  }
  report.end()
  return report.counts.failed > 0 ? 1 : 0
}

async function main(): Promise<number> {
  const options = parseCommandLine(process.argv.slice(2), {
    out: (text) => process.stdout.write(text),
    error: (text) => process.stderr.write(text),
  })
  if ('exitCode' in options) return options.exitCode
  if (options.paths.length === 0 && !existsSync(oracle)) {
    print(`conformance: ${oracle} is absent: nothing to compare with.`)
    return 0
  }
  try {
    return await runFiles((options.paths.length > 0 ? options.paths : [oracle]).flatMap(findCaseFiles), options)
  } catch (error) {
    if (!(error instanceof CaseFileError)) throw error
    console.error(`conformance: ${error.message}`)
    return 1
  }
}

process.exitCode = await main()
