import { testBackend } from '@neurite/compiler/conformance'
import { describe, expect, it } from 'vitest'
import { cpuBackend } from './index.ts'

testBackend('cpu', cpuBackend, { describe, it, expect })

// However little there is to share, and to run by tiles. In pages runs do not block. One thread calls a kernel again for some of its rounds.
for (const [threads, blocks] of [
  [1, true],
  [2, true],
  [4, true],
  [2, false],
] as const) {
  const backend = cpuBackend({ threads, blocks, nanosecondsPerThread: 0, fewestProductsOfTiles: 0 })
  await backend.startThreads()
  const name = `${threads === 1 ? '1 thread' : `${threads} threads`}${blocks ? '' : ', as in a page'}`
  describe(name, () => {
    testBackend(`cpu, ${name}`, () => backend, { describe, it, expect })
    it('were there all the time', async () => {
      expect(await backend.startThreads()).toBe(threads)
    })
  })
}
