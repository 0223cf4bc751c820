import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { tableFromRows } from '../tables/table-from-rows.ts'
import type { BadRowError } from './bad-row-error.ts'
import { openFile } from './open-file.ts'
import { readJsonLines } from './read-json-lines.ts'
import { readLines, readText } from './read-lines.ts'

const inPieces = (text: string, size: number) => {
  const bytes = new TextEncoder().encode(text)
  return {
    name: 'x.jsonl',
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
    },
  }
}

test('lines and texts are read, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.string({ unit: 'grapheme' }).map((s) => s.replace(/[\r\n]/g, ''))),
      fc.integer({ min: 1, max: 9 }),
      async (lines, size) => {
        const text = lines.map((line) => `${line}\n`).join('')
        fc.pre(!text.startsWith('\uFEFF'))
        expect(await readLines(inPieces(text, size)).toArray()).toEqual(lines)
        expect(await readText(inPieces(text, size))).toBe(text)
      },
    ),
  )
  expect(await readLines(new Blob(['a\r\n\r\nb'])).toArray()).toEqual(['a', '', 'b'])
})

test('JSON lines are read, gzipped too, without blank ones', async () => {
  const text = '{"a":1}\n\n[2]\r\n"x"'
  const expected = [{ a: 1 }, [2], 'x']
  expect(await readJsonLines(new Blob([text])).toArray()).toEqual(expected)
  expect(await readJsonLines(gzipSync(text)).toArray()).toEqual(expected)
})

test('bad lines name file and line, or are left out and told', async () => {
  const text = '{"a":1}\n\n{"a":\n{"a":"no"}\n{"a":2}\n'
  const parse = (value: unknown): { a: number } => {
    if (typeof (value as { a: unknown }).a !== 'number') throw new TypeError('a must be a number.')
    return value as { a: number }
  }
  await expect(readJsonLines(inPieces(text, 3)).toArray()).rejects.toThrow('x.jsonl:3: the line is no JSON')
  await expect(
    readJsonLines(new Blob([text]), { parse, name: 'y' })
      .skip(1)
      .toArray(),
  ).rejects.toThrow('y:3')
  const told: BadRowError[] = []
  const rows = await readJsonLines(inPieces(text, 50), { parse, onBadRow: (error) => told.push(error) }).toArray()
  expect(rows).toEqual([{ a: 1 }, { a: 2 }])
  expect(told.map(({ line }) => line)).toEqual([3, 4])
  expect(told[1]!.message).toBe('x.jsonl:4: a must be a number.')
  await expect(readJsonLines(Uint8Array.of(0x31, 0x0a, 0xc3, 0x28)).toArray()).rejects.toThrow('not utf-8 text')
})

test('rows become a table', () => {
  const table = tableFromRows(
    [
      { n: 1.5, i: 1, b: true, c: 'x', d: '1970-01-02', t: 'a' },
      { n: null, i: 2, b: null, c: 'y', d: null, t: 'b' },
    ],
    { t: 'text' },
  )
  expect(table.columns.map(({ kind }) => kind)).toEqual(['number', 'integer', 'boolean', 'category', 'date', 'text'])
  expect(table.row(0)).toEqual({ n: 1.5, i: 1, b: true, c: 'x', d: 86_400_000, t: 'a' })
  expect(table.countMissing()).toEqual({ n: 1, i: 0, b: 1, c: 0, d: 1, t: 0 })
  expect(() => tableFromRows([{ a: 1 }, { a: 'x' }])).toThrow('column a begins with a number, but row 1 has "x"')
})

const names = join(import.meta.dirname, '../../../../../shared/data/names.txt')

test.skipIf(!existsSync(names))('names.txt (skipped where ../shared/data is absent)', async () => {
  const all = await readLines(openFile(names)).toArray()
  expect([all.length, all[0], all.every((name) => /^[a-z]+$/.test(name))]).toEqual([28829, 'joely', true])
})
