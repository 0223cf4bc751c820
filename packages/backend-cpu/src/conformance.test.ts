import { testBackend } from '@neurite/compiler/conformance'
import { describe, expect, it } from 'vitest'
import { cpuBackend } from './index.ts'

testBackend('cpu', cpuBackend, { describe, it, expect })

// However little there is to share, and to run by tiles.
for (const threads of [2, 4]) {
  const backend = cpuBackend({ threads, nanosecondsPerThread: 0, fewestProductsOfTiles: 0 })
  await backend.startThreads()
  describe(`${threads} threads`, () => {
    testBackend(`cpu, ${threads} threads`, () => backend, { describe, it, expect })
    it('were there all the time', async () => {
      expect(await backend.startThreads()).toBe(threads)
    })
  })
}
