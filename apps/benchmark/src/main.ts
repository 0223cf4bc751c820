import { writeFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { openAll, plans, runBenchmark } from './benchmark.ts'
import { type BenchmarkOptions, parseCommandLine } from './command-line.ts'
import { libraries } from './libraries/index.ts'
import type { Contestant } from './measure/outcome.ts'
import { jsonLine, type Measurement } from './report/measurement.ts'
import { renderTable } from './report/table.ts'
import { workloads } from './workloads/index.ts'

const options = parseCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
})

if ('exitCode' in options) process.exitCode = options.exitCode
else if (options.list) listWorkloads()
else process.exitCode = await run(options)

function listWorkloads(): void {
  const width = Math.max(...workloads.map(({ name }) => name.length))
  for (const { name, summary } of workloads) console.log(`${name.padEnd(width)}  ${summary}`)
}

/** Measures, and gives the exit code. Lines and table go to stdout, what is being done to stderr. */
async function run({ workloads: selected, quick, json }: BenchmarkOptions): Promise<number> {
  const measurements: Measurement[] = []
  const contestants = await openAll(libraries)
  const machine = describeMachine(contestants)
  console.error(Object.values(machine).flat().join(', '))
  const sound = await runBenchmark(selected, contestants, plans[quick ? 'quick' : 'full'], {
    measured(measurement) {
      measurements.push(measurement)
      console.log(jsonLine(measurement))
    },
    progress: (text) => console.error(`measuring ${text} …`),
  })
  console.log(`\n${renderTable(measurements)}`)
  if (json === undefined) return sound ? 0 : 1
  return await writeFile(json, `${JSON.stringify({ machine, quick, measurements }, null, 2)}\n`).then(
    () => (sound ? 0 : 1),
    (error: Error) => {
      console.error(`--json ${json}: ${error.message}`)
      return 1
    },
  )
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
