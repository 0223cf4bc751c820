import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { compile, tensor, Variable } from './index.ts'

test('compiled functions that are dropped keep next to nothing, even in a loop that never awaits', () => {
  const run = (size: number): void => {
    const total = new Variable(tensor(new Float32Array(size)))
    const step = compile(() => {
      total.assign(total.value.add(1).exp())
      return total.value.sum()
    })
    step().itemSync()
  }
  // As many as the cache of programs holds, and more.
  for (let size = 1; size <= 400; size++) run(size)
  const before = heapAfterCollection()
  const functions = 1000
  for (let size = 401; size <= 400 + functions; size++) run(size)
  expect((heapAfterCollection() - before) / functions).toBeLessThan(12_000)
})

function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}
