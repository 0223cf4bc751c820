import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openFile } from '../readers/open-file.ts'
import { readTable } from './read-table.ts'

const kinds = async (text: string) => (await readTable(new Blob([text]))).columns.map(({ kind }) => kind)

test('kinds are the first that all values of a column fit', async () => {
  expect(await kinds('i,n,b,d,c,m\n1,2,true,2024-02-01,x,\n,2.5e3,False,,y,NA\n-3,inf,NA,2024-02,x,?\n')).toEqual([
    'integer',
    'number',
    'boolean',
    'date',
    'category',
    'number',
  ])
  expect(await kinds(`t\n${Array.from({ length: 21 }, (_, i) => `text ${i}\n`).join('')}`)).toEqual(['text'])
  expect(await kinds(`c\n${Array.from({ length: 42 }, (_, i) => `text ${i % 21}\n`).join('')}`)).toEqual(['category'])
  expect(await kinds('a\n0x10\n')).toEqual(['category'])
})

test('values are in columns, missing ones marked', async () => {
  const table = await readTable(new Blob(['n,b,c,d,t\n1.5,true,x,1970-01-02,a b\nNA,,?,,\n']), {
    columns: { t: 'text' },
  })
  expect(table.numbers('n')).toEqual(Float64Array.of(1.5, Number.NaN))
  expect(table.numbers('b')).toEqual(Float64Array.of(1, Number.NaN))
  expect(table.categories('c')).toMatchObject({ codes: Int32Array.of(0, -1), categories: ['x'] })
  expect(table.numbers('d')[0]).toBe(86_400_000)
  expect([...table.rows()]).toEqual([
    { n: 1.5, b: true, c: 'x', d: 86_400_000, t: 'a b' },
    { n: Number.NaN, b: undefined, c: undefined, d: Number.NaN, t: undefined },
  ])
  expect(table.countMissing()).toEqual({ n: 1, b: 1, c: 1, d: 1, t: 1 })
})

test('categories are in order, by size if they are numbers, or as they are given', async () => {
  const text = 'c\n10\n9\n9\n'
  const read = async (type: 'category' | { categories: readonly string[] }) =>
    (await readTable(new Blob([text]), { columns: { c: type } })).categories('c')
  expect((await read('category')).categories).toEqual(['9', '10'])
  expect(await read({ categories: ['10', '9', '8'] })).toMatchObject({
    categories: ['10', '9', '8'],
    codes: Int32Array.of(0, 1, 1),
  })
})

test('a file of names alone is a table without rows', async () => {
  const table = await readTable(new Blob(['a,b\n']))
  expect([table.names, table.length]).toEqual([['a', 'b'], 0])
})

test('what does not fit a given type names its place; skipped rows are not in the table', async () => {
  const options = { columns: { a: 'number' }, name: 'x.csv' } as const
  await expect(readTable(new Blob(['a\n1\nx\n']), options)).rejects.toThrow('x.csv:3, column a: "x" is no number.')
  const table = await readTable(new Blob(['a,b\n1,p\nx,q\n2,r\n3\n']), { ...options, onBadRow: 'skip' })
  expect([...table.rows()]).toEqual([
    { a: 1, b: 'p' },
    { a: 2, b: 'r' },
  ])
  await expect(readTable(new Blob(['a\n1\n']), { columns: { b: 'number' } })).rejects.toThrow('there is no column "b"')
})

test('dates with zones and without are the same everywhere', async () => {
  const texts = [
    '2024-03-01T10:00:00Z',
    '2024-03-01 10:00',
    '2024-03-01T12:00:00+02:00',
    '2024-03-01T12:00:00.000+0200',
  ]
  const table = await readTable(new Blob([`d\n${texts.join('\n')}\n`]))
  expect(new Set(table.numbers('d'))).toEqual(new Set([Date.UTC(2024, 2, 1, 10)]))
})

test('a file that is not there is an error with its name', async () => {
  await expect(readTable(openFile('no-such-file.csv'))).rejects.toThrow('no-such-file.csv')
})

const folder = join(import.meta.dirname, '../../../../../shared/data')

/** Rows, and how many columns are of which kind; and whatever is missing. */
const sets: Record<string, { rows: number; kinds: Record<string, number>; missing?: Record<string, number> }> = {
  'airline-passengers.csv': { rows: 144, kinds: { date: 1, integer: 1 } },
  'banknote.csv': { rows: 1029, kinds: { number: 4, integer: 1 } },
  'breast-cancer.csv': { rows: 426, kinds: { number: 30, integer: 1 } },
  'diabetes.csv': { rows: 331, kinds: { number: 5, integer: 6 } },
  'digits.csv': { rows: 1347, kinds: { integer: 65 } },
  'ionosphere.csv': { rows: 263, kinds: { number: 32, integer: 2, category: 1 } },
  'iris.csv': { rows: 112, kinds: { number: 4, category: 1 } },
  'penguins.csv': {
    rows: 258,
    kinds: { number: 2, integer: 2, category: 3 },
    missing: { bill_length_mm: 2, bill_depth_mm: 2, flipper_length_mm: 2, body_mass_g: 2, sex: 9 },
  },
  'pima-diabetes.csv': { rows: 576, kinds: { number: 2, integer: 7 } },
  'sonar.csv': { rows: 156, kinds: { number: 60, category: 1 } },
  'titanic.csv': {
    rows: 668,
    kinds: { number: 2, integer: 4, category: 7, boolean: 2 },
    missing: { age: 129, embarked: 1, deck: 510, embark_town: 1 },
  },
  'wheat-seeds.csv': { rows: 157, kinds: { number: 7, integer: 1 } },
  'wine.csv': { rows: 133, kinds: { number: 11, integer: 3 } },
}

describe.skipIf(!existsSync(folder))('real tables (skipped where ../shared/data is absent)', () => {
  test.for(Object.entries(sets))('%s', async ([name, { rows, kinds, missing = {} }]) => {
    const table = await readTable(openFile(join(folder, name)))
    const counts: Record<string, number> = {}
    for (const { kind } of table.columns) counts[kind] = (counts[kind] ?? 0) + 1
    expect({ rows: table.length, kinds: counts }).toEqual({ rows, kinds })
    const counted = Object.entries(table.countMissing()).filter(([, count]) => count > 0)
    expect(Object.fromEntries(counted)).toEqual(missing)
  })
})
