import { libraries } from './libraries/index.ts'
import { workloads } from './workloads/index.ts'

for (const workload of workloads) {
  const work = workload.make()
  for (const { name, open } of libraries) {
    try {
      const task = (await open()).prepare(work)
      const first = await task.run()
      const second = await task.run()
      const start = performance.now()
      let n = 0
      while (performance.now() - start < 300) {
        await task.run()
        n++
      }
      console.log(workload.name, name, first, second, (performance.now() - start) / n)
    } catch (error) {
      console.log(workload.name, name, String(error))
    }
  }
}
