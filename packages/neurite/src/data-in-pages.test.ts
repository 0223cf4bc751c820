// Data in pages: files by their addresses, in the page's thread and in a worker.

import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumProgram, PageServer } from './test/pages/browser.ts'
import type { DataProgram } from './test/pages/data-program.ts'

declare const program: DataProgram

const numbers = Array.from({ length: 300 }, (_, n) => n - 20)
/** A grey image of 6 × 7, written by Pillow, and its pixels. */
const image = {
  png: 'iVBORw0KGgoAAAANSUhEUgAAAAcAAAAGCAAAAAAqZduqAAAAFUlEQVR4nGNkEBERERERYeKHAEI0AD64ApFhCRVlAAAAAElFTkSuQmCC',
  pixels: 'ABQoPFBkeA8jN0tfc4ceMkZaboKWLUFVaX2RpTxQZHiMoLRLX3OHm6/D',
}

const files = {
  'plain.csv': `x,y\n${numbers.map((n) => `${n},${n / 4}\n`).join('')}`,
  'packed.csv': gzipSync(`x\n${numbers.join('\n')}\n`),
  'bad.csv': 'x\n1\n2\nthree\n',
  'labels.idx': gzipSync(
    Uint8Array.of(0, 0, 0x0b, 2, 0, 0, 0, 2, 0, 0, 0, 3, ...[0, 1, 1, 0, 255, 254, 0, 3, 0, 4, 127, 255]),
  ),
  'grey.png': Buffer.from(image.png, 'base64'),
}

describe.skipIf(chromiumProgram === undefined)(
  'in a page (skipped where there is no Chromium; NEURITE_CHROMIUM may name one)',
  () => {
    let server: PageServer
    let page: Page
    beforeAll(async () => {
      server = await PageServer.start('data-program', { workers: ['numbers.worker'], files })
      page = await server.open('plain')
    }, 60_000)
    afterAll(() => server.close())

    const column = (file: string, name: string) =>
      page.evaluate(([file, name]) => program.column(file!, name!), [file, name])

    test('tables are read from addresses, gzipped or not', async () => {
      expect(await column('plain.csv', 'y')).toEqual(numbers.map((n) => n / 4))
      expect(await column('packed.csv', 'x')).toEqual(numbers)
    })

    test('what is not there is named', async () => {
      expect(await column('missing.csv', 'x')).toMatch(/\/missing\.csv: the server answered 404/)
    })

    test('IDX files and images', async () => {
      const labels = await page.evaluate(() => program.idx('labels.idx'))
      expect(labels).toEqual({ shape: [2, 3], values: [1, 256, -2, 3, 4, 32767] })
      const { shape, values } = await page.evaluate(() => program.pixels('grey.png'))
      expect(shape).toEqual([1, 6, 7])
      expect(values).toEqual([...Buffer.from(image.pixels, 'base64')])
    })

    test('a worker reads while the page waits; its tensors come along, and its bad rows by file and line', async () => {
      const rows = (file: string) => page.evaluate((file) => program.rowsOfWorker(file), file)
      expect(await rows('packed.csv')).toEqual({ rows: numbers.map((n) => [n, n * n, n]) })
      const bad = await rows('bad.csv')
      expect(bad.rows).toEqual([
        [1, 1, 1],
        [2, 4, 2],
      ])
      expect(bad.error).toMatch(/\/bad\.csv:4, column x: "three" is no number/)
    })
  },
)
