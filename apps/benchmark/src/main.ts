import { appendFile, writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { openAll, plans, runBenchmark } from './benchmark.ts'
import { type BenchmarkOptions, parseCommandLine } from './command-line.ts'
import { libraries } from './libraries/index.ts'
import type { Contestant } from './measure/outcome.ts'
import { jsonLine, type Measurement } from './report/measurement.ts'
import { renderPage } from './report/page.ts'
import { renderTable } from './report/table.ts'
import { workloads } from './workloads/index.ts'

/** A file for the figures cannot be written. */
class FileError extends Error {}

const options = parseCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
})

if ('exitCode' in options) process.exitCode = options.exitCode
else if (options.list) listWorkloads()
else
  process.exitCode = await run(options).catch((error: unknown) => {
    if (!(error instanceof FileError)) throw error
    console.error(error.message)
    return 1
  })

function listWorkloads(): void {
  const width = Math.max(...workloads.map(({ name }) => name.length))
  for (const { name, summary } of workloads) console.log(`${name.padEnd(width)}  ${summary}`)
  console.log(`\nlibraries: ${libraries.map(({ name }) => name).join(', ')}; with --pytorch: pytorch`)
}

/** Measures, and gives the exit code. Lines and table go to stdout, what is being done to stderr. */
async function run({ workloads: selected, libraries: entries, quick, json, html }: BenchmarkOptions): Promise<number> {
  const measurements: Measurement[] = []
  // Whether files can be written is known before minutes of measuring; what they hold stays until then.
  if (json !== undefined) await write('--json', json, appendFile)
  if (html !== undefined) await write('--html', html, appendFile)
  const contestants = await openAll(entries)
  const machine = describeMachine(contestants)
  console.error(Object.values(machine).flat().join(', '))
  const sound = await runBenchmark(selected, contestants, plans[quick ? 'quick' : 'full'], {
    measured(measurement) {
      measurements.push(measurement)
      console.log(jsonLine(measurement))
    },
    progress: (text) => console.error(`measuring ${text} …`),
  })
  for (const { library } of contestants) if (!(library instanceof Error)) library.close?.()
  console.log(`\n${renderTable(measurements, selected)}`)
  const report = { machine, quick, measurements }
  if (json !== undefined) await write('--json', json, writeFile, `${JSON.stringify(report, null, 2)}\n`)
  if (html !== undefined) await write('--html', html, writeFile, renderPage(report, selected))
  return sound ? 0 : 1
}

/** @throws FileError naming the option whose file it is. */
async function write(option: string, file: string, by: typeof appendFile | typeof writeFile, text = ''): Promise<void> {
  await by(file, text).catch((cause: Error) => {
    throw new FileError(`${option} ${file}: ${cause.message}`)
  })
}

function describeMachine(contestants: readonly Contestant[]): Record<string, string | string[]> {
  const processors = cpus()
  return {
    processors: `${processors.length} × ${processors[0]?.model.trim() ?? 'unknown processor'}`,
    node: `Node ${process.versions.node}`,
    libraries: contestants.map(({ name, library }) =>
      library instanceof Error ? `${name} (does not start)` : `${name} ${library.version}`,
    ),
  }
}
