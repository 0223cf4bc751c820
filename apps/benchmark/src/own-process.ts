// A program of its own: `node own-process.js LIBRARY WORKLOAD RUNS` does the work in a fresh process and prints what it took as JSON.

import { libraries } from './libraries/index.ts'
import { workloads } from './workloads/index.ts'

const [libraryName, workloadName, runs] = process.argv.slice(2)
const workload = workloads.find(({ name }) => name === workloadName)!
const library = await libraries.find(({ name }) => name === libraryName)!.open()
const task = await library.prepare(workload.make())
await task.run()
const firstResultAt = performance.timeOrigin + performance.now()
for (let run = 1; run < Number(runs); run++) await task.run()
const residentBytes = process.memoryUsage.rss()
console.log(JSON.stringify({ firstResultAt, residentBytes }))
