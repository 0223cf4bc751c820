// A program of its own: `node own-process.js LIBRARY WORKLOAD RUNS [PYTHON]` does the work in a fresh process and prints what it took as JSON.

import { libraries, pytorchEntry } from './libraries/index.ts'
import { workloads } from './workloads/index.ts'

const [libraryName, workloadName, runs, python] = process.argv.slice(2)
const workload = workloads.find(({ name }) => name === workloadName)!
const entry = python === undefined ? libraries.find(({ name }) => name === libraryName)! : pytorchEntry(python)
const library = await entry.open()
const task = await library.prepare(workload.make())
await task.run()
const firstResultAt = performance.timeOrigin + performance.now()
for (let run = 1; run < Number(runs); run++) await task.run()
const own = { residentBytes: process.memoryUsage.rss(), peakBytes: 1024 * process.resourceUsage().maxRSS }
console.log(JSON.stringify({ firstResultAt, ...own, ...(await library.process?.()) }))
library.close?.()
