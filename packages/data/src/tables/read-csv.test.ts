import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { BadRowError } from '../readers/bad-row-error.ts'
import { readCsv } from './read-csv.ts'

const text = 'name,age,weight,member\nAda,36,55.5,true\n"Smith, Bob",NA,,False\n'
const file = (content: string | Uint8Array<ArrayBuffer>, name = 'people.csv') => new File([content], name)

test('rows are text by the names of the first row', async () => {
  expect(await readCsv(file(text)).toArray()).toEqual([
    { name: 'Ada', age: '36', weight: '55.5', member: 'true' },
    { name: 'Smith, Bob', age: 'NA', weight: '', member: 'False' },
  ])
})

test('columns that are given types have values of these, and no others are there', async () => {
  const columns = { age: 'integer', weight: 'number', member: 'boolean' } as const
  expect(await readCsv(file(text), { columns }).toArray()).toEqual([
    { age: 36, weight: 55.5, member: true },
    { age: Number.NaN, weight: Number.NaN, member: false },
  ])
})

test('gzipped files, byte order marks and other encodings are read', async () => {
  const expected = await readCsv(file(text)).toArray()
  expect(await readCsv(file(new Uint8Array(gzipSync(text)))).toArray()).toEqual(expected)
  expect(await readCsv(file(`\uFEFF${text}`)).toArray()).toEqual(expected)
  const latin = Uint8Array.of(0x61, 0x0a, 0xe9)
  expect(await readCsv(file(latin), { encoding: 'windows-1252' }).toArray()).toEqual([{ a: 'é' }])
})

test('files without names get some, or those that are given', async () => {
  expect(await readCsv(file('1,2\n'), { header: false }).toArray()).toEqual([{ column1: '1', column2: '2' }])
  expect(await readCsv(file('1,2\n'), { names: ['x', 'y'] }).toArray()).toEqual([{ x: '1', y: '2' }])
  expect(await readCsv(file('a,b\n1,2\n'), { names: ['x', 'y'], header: true }).toArray()).toEqual([{ x: '1', y: '2' }])
})

test('a bad row is an error that names file, line and column', async () => {
  const bad = (content: string, columns: Record<string, 'number' | 'integer' | 'boolean' | 'date'> = {}) =>
    readCsv(file(content, 'x.csv'), { columns }).toArray()
  await expect(bad('a,b\n1,2\n\n"3\n",wide\n', { b: 'number' })).rejects.toThrow(
    'x.csv:4, column b: "wide" is no number.',
  )
  await expect(bad('a,b\n1,2\n3\n')).rejects.toThrow('x.csv:3: the row has 1 cells, but there are 2 columns.')
  await expect(bad('a,b\n1,2,3\n')).rejects.toThrow('x.csv:2: the row has 3 cells, but there are 2 columns.')
  await expect(bad('a,b\n"1"x,2\n')).rejects.toThrow('x.csv:2: text follows the closing quote of cell 1')
  await expect(bad('a,b\n1,"2\n\n')).rejects.toThrow('x.csv:2: the quote that is opened on line 2 is never closed.')
  await expect(bad('a\n1.5\n', { a: 'integer' })).rejects.toThrow('x.csv:2, column a: "1.5" is no whole number.')
  await expect(bad('a\n2024-13-01\n', { a: 'date' })).rejects.toThrow('"2024-13-01" is no ISO 8601 date.')
  await expect(bad('a\nmaybe\n', { a: 'boolean' })).rejects.toThrow('"maybe" is neither true nor false.')
  await expect(bad('a\n1\n', { c: 'number' })).rejects.toThrow('x.csv: there is no column "c"; there are a.')
  await expect(bad('a,a\n1,2\n')).rejects.toThrow('x.csv:1: two columns are named "a"')
  await expect(bad('')).rejects.toThrow('x.csv: has no rows, and nothing that names the columns.')
  const categories = readCsv(file('a\nred\nblue\n'), { columns: { a: { categories: ['red', 'green'] } } })
  await expect(categories.toArray()).rejects.toThrow(
    'people.csv:3, column a: "blue" is none of the categories red, green.',
  )
})

test('the rows before a bad one come before its error', async () => {
  const seen: unknown[] = []
  const walk = async () => {
    for await (const { a } of readCsv(file('a\n1\n2\n3,4\n5\n'))) seen.push(a)
  }
  await expect(walk()).rejects.toThrow('people.csv:4: the row has 2 cells')
  expect(seen).toEqual(['1', '2'])
})

test('bad rows can be left out and told', async () => {
  const told: BadRowError[] = []
  const content = 'a,b\n1,2\n3\nx,4\n5,6\n"7"7,8\n9,10\n'
  const options = { columns: { a: 'number' }, onBadRow: (error: BadRowError) => void told.push(error) } as const
  expect(await readCsv(file(content), options).toArray()).toEqual([{ a: 1 }, { a: 5 }, { a: 9 }])
  expect(told.map(({ line, column }) => [line, column])).toEqual([
    [3, undefined],
    [4, 'a'],
    [6, undefined],
  ])
  expect(await readCsv(file(content), { ...options, onBadRow: 'skip' }).toArray()).toHaveLength(3)
  expect(told[0]).toBeInstanceOf(BadRowError)
})

test('bytes that are no text are an error with their line', async () => {
  const bytes = Uint8Array.of(...new TextEncoder().encode('a\n1\n'), 0xff, 0x0a)
  await expect(readCsv(file(bytes)).toArray()).rejects.toThrow('people.csv:3: the bytes are not utf-8 text')
})

test('damaged gzip files are an error that names them', async () => {
  const packed = gzipSync(text.repeat(100))
  for (const length of [2, 10, 40, packed.length - 8, packed.length - 1])
    await expect(readCsv(file(new Uint8Array(packed.subarray(0, length)))).toArray()).rejects.toThrow(
      'people.csv: the gzip data is damaged or incomplete',
    )
})

test('every way to give bytes is read, and what can be read once is not read twice', async () => {
  const bytes = new TextEncoder().encode('a\n1\n')
  const pieces = async function* () {
    for (const byte of bytes) yield Uint8Array.of(byte)
  }
  const once = [new Response(bytes), new Blob([bytes]).stream(), pieces()]
  const again = [bytes, bytes.buffer, new Blob([bytes]), { name: 'x', open: pieces }]
  for (const source of [...once, ...again]) {
    const stream = readCsv(source)
    expect(await stream.toArray()).toEqual([{ a: '1' }])
    if (once.includes(source as never)) await expect(stream.toArray()).rejects.toThrow('can be only once')
    else expect(await stream.toArray()).toEqual([{ a: '1' }])
  }
  await expect(readCsv({} as never).toArray()).rejects.toThrow('bytes are read from a Uint8Array')
  await expect(readCsv(new URL('file:///x.csv')).toArray()).rejects.toThrow('files are opened with openFile(path)')
})

test('a stream of rows stops reading where its consumer stops, and resumes there', async () => {
  let read = 0
  let isClosed = false
  const open = async function* () {
    try {
      yield new TextEncoder().encode('a\n')
      for (; read < 1000; read++) yield new TextEncoder().encode(`${read}\n`)
    } finally {
      isClosed = true
    }
  }
  const build = () => readCsv({ name: 'long.csv', open }, { columns: { a: 'integer' } }).shuffle({ window: 4 })
  const stream = build()
  const first: number[] = []
  for await (const { a } of stream) if (first.push(a) === 5) break
  expect(isClosed).toBe(true)
  expect(read).toBeLessThan(12)
  read = 0
  const rest = await build().resume(stream.state()).toArray()
  expect(new Set([...first, ...rest.map(({ a }) => a)]).size).toBe(1000)
})
