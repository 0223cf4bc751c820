// A program of its own: `node own-process.js LIBRARY WORKLOAD RUNS [PYTHON]` does the work in a fresh process and prints what it took as JSON.

import { libraries, pytorchEntry } from './libraries/index.ts'
import type { Workload } from './workloads/workload.ts'

const [libraryName, workloadName, runs, python] = process.argv.slice(2)
// What this program itself loads counts as part of every library's start, so it is no more than is needed.
const [workload] = Object.values<Workload>(await import(`./workloads/${workloadName}.ts`)) as [Workload]
const entry = python === undefined ? libraries.find(({ name }) => name === libraryName)! : pytorchEntry(python)
const library = await entry.open()
const task = await library.prepare(workload.make())
await task.run()
const firstResultAt = performance.timeOrigin + performance.now()
for (let run = 1; run < Number(runs); run++) await task.run()
const own = { residentBytes: process.memoryUsage.rss(), peakBytes: 1024 * process.resourceUsage().maxRSS }
const figures = { firstResultAt, ...own, ...(await library.process?.()) }
const newBatchSize = Number(runs) > 1 && !library.hasFixedSizes ? await timeOfNewBatchSize() : undefined
console.log(JSON.stringify({ ...figures, newBatchSize }))
library.close?.()

/** The first step on half of the batch, in ms: with what it takes to compile another program. */
async function timeOfNewBatchSize(): Promise<number> {
  const { firstHalf } = await import('./workloads/first-half.ts')
  const task = await library.prepare(firstHalf(workload.make()))
  const start = performance.now()
  await task.run()
  return performance.now() - start
}
