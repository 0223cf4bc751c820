// A training step that neurite has exported ahead of time, when the benchmark was built: no framework is loaded.

import { readFile } from 'node:fs/promises'
import { load } from '../../exported/xor-step.mjs'
import type { Work } from '../workloads/workload.ts'
import type { Library, Task } from './library.ts'

export async function openNeuriteExported(): Promise<Library> {
  const wasm = await readFile(new URL('../../exported/xor-step.wasm', import.meta.url))
  return {
    threads: 1,
    version: 'workspace',
    hasFixedSizes: true,
    async prepare(work: Work): Promise<Task> {
      if (work.kind !== 'training') throw new Error('only the XOR step is exported ahead of time')
      const [x, y] = [work.inputs.data, work.loss.targets.data] as [Float32Array, Float32Array]
      // Begins with the weights that the workload had at the build.
      const step = await load(wasm)
      return { run: () => step.run(x, y)[0]!, close() {} }
    },
  }
}
