// neurite in pages: with threads where a page is isolated, with one elsewhere, without WebAssembly where a policy forbids it.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumProgram, PageServer, type pages } from './test/pages/browser.ts'
import type { PageProgram } from './test/pages/program.ts'

declare const program: PageProgram

describe.skipIf(chromiumProgram === undefined)(
  'in a page (skipped where there is no Chromium; NEURITE_CHROMIUM may name one)',
  () => {
    let server: PageServer
    const opened = new Map<keyof typeof pages, Page>()
    const errors: string[] = []
    beforeAll(async () => {
      server = await PageServer.start('program')
    }, 60_000)
    afterAll(async () => {
      await server.close()
      expect(errors).toEqual([])
    })

    async function pageOf(name: keyof typeof pages): Promise<Page> {
      const known = opened.get(name)
      if (known !== undefined) return known
      const page = await server.open(name)
      page.on('pageerror', ({ message }) => errors.push(message))
      opened.set(name, page)
      return page
    }

    /** What training gives with so many threads. */
    async function trained(name: keyof typeof pages, threads: number, readSync: boolean) {
      const page = await pageOf(name)
      return page.evaluate(
        async ({ threads, readSync }) => ({
          threads: await program.use(threads),
          xor: await program.trainXor(),
          mlp: await program.trainMlp(readSync),
        }),
        { threads, readSync },
      )
    }

    test('that is isolated, training has the same bits with 1, 2 and 3 threads, however results are read', async () => {
      const alone = await trained('isolated', 1, false)
      expect(alone.threads).toBe(1)
      expect(new Set(alone.mlp.slice(0, 12)).size).toBe(12)
      for (const [threads, readSync] of [
        [2, false],
        [2, true],
        [3, false],
      ] as const)
        expect(await trained('isolated', threads, readSync)).toEqual({ ...alone, threads })
    }, 60_000)

    test('that is isolated, its thread is free while others compute', async () => {
      const page = await pageOf('isolated')
      const free = (threads: number) =>
        page.evaluate(async (threads) => {
          await program.use(threads)
          return program.isFreeDuringRun()
        }, threads)
      expect(await free(2)).toBe(true)
      expect(await free(1)).toBe(false)
    }, 60_000)

    test('that is isolated, a worker has threads, too', async () => {
      const page = await pageOf('isolated')
      const results = await page.evaluate(async () => {
        const ask = (threads: number) =>
          new Promise<{ threads: number; trained: string[] }>((resolve, reject) => {
            const worker = new Worker('/program.js', { type: 'module' })
            worker.onmessage = ({ data }) => resolve(data)
            worker.onerror = ({ message }) => reject(new Error(message))
            worker.postMessage(threads)
          })
        return [await ask(1), await ask(2)]
      })
      expect(results.map(({ threads }) => threads)).toEqual([1, 2])
      expect(results[1]!.trained).toEqual(results[0]!.trained)
    }, 60_000)

    test('that is not isolated, or forbids workers, one thread does all', async () => {
      const expected = await trained('isolated', 1, true)
      expect(await trained('plain', 4, true)).toEqual(expected)
      expect(await trained('no-workers', 4, true)).toEqual(expected)
      const known = await (await pageOf('plain')).evaluate(() => ({
        isIsolated: program.isIsolated,
        threads: program.getThreads(4),
      }))
      expect(known).toEqual({ isIsolated: false, threads: 1 })
    }, 60_000)

    test('whose policy forbids WebAssembly, the error names the directive, and plain JavaScript runs if it is asked for', async () => {
      const { error, losses } = await (await pageOf('no-webassembly')).evaluate(async () => {
        const error = await program.xorLosses(1).catch(({ message }: Error) => message)
        program.useReference()
        return { error, losses: await program.xorLosses(20) }
      })
      expect(error).toContain("script-src 'wasm-unsafe-eval'")
      expect(error).toContain('useBackend(referenceBackend())')
      const expected = await (await pageOf('isolated')).evaluate(() => program.xorLosses(20))
      losses.forEach((loss, step) => {
        expect(loss).toBeCloseTo(expected[step]!, 5)
      })
      expect(losses[19]).toBeLessThan(losses[0]!)
    }, 60_000)
  },
)
