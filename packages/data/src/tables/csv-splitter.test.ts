import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CsvDialect, CsvSplitter } from './csv-splitter.ts'

function split(text: string, dialect: CsvDialect = {}, cuts: readonly number[] = []) {
  const splitter = new CsvSplitter(dialect)
  const places = [0, ...[...cuts].sort((a, b) => a - b).map((cut) => Math.min(cut, text.length)), text.length]
  const records = places.slice(1).flatMap((end, i) => splitter.push(text.slice(places[i], end)))
  return [...records, ...splitter.finish()]
}

const cells = (text: string, dialect?: CsvDialect) => split(text, dialect).map(({ cells }) => cells)

/** Writes as RFC 4180 says: what needs quotes has them, and what does not may. */
function write(rows: readonly (readonly string[])[], { end, delimiter }: { end: string; delimiter: string }): string {
  const quoted = (cell: string, at: number): string =>
    cell === '' || at % 2 === 1 || /["\r\n]/.test(cell) || cell.includes(delimiter)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell
  return rows.map((row) => row.map(quoted).join(delimiter) + end).join('')
}

const cell = fc.oneof(fc.string(), fc.stringMatching(/^[",;\r\n ab]{0,6}$/))

test('what is written is read, whatever the cells hold, however the text is cut into pieces', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.constantFrom(',', ';', '\t'),
      fc.array(fc.nat(60), { maxLength: 6 }),
      (rows, end, delimiter, cuts) => {
        const text = write(rows, { end, delimiter })
        expect(split(text, { delimiter }, cuts).map(({ cells }) => cells)).toEqual(rows)
        expect(split(text, { delimiter }, cuts).every(({ problem }) => problem === undefined)).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

test('lines are counted through quotes and blank lines, however the text is cut', () => {
  const text = 'a,b\r\n"1\r\n1",2\r\n\r\n3,"x\ny\nz"\r5,6\n7,8'
  for (let cut = 0; cut <= text.length; cut++)
    expect(split(text, {}, [cut]).map(({ line }) => line)).toEqual([1, 2, 5, 8, 9])
})

test('the last line may end or not, and line ends may be mixed', () => {
  expect(cells('a,b\n1,2')).toEqual(cells('a,b\r\n1,2\r'))
  expect(cells('a,\n')).toEqual([['a', '']])
  expect(cells('a,')).toEqual([['a', '']])
  expect(cells('""\n')).toEqual([['']])
  expect(cells('')).toEqual([])
})

test('a quote inside of an unquoted cell is itself', () => {
  expect(cells('5" pipe,it"s')).toEqual([['5" pipe', 'it"s']])
})

test('comments are left out, at the start of a line only', () => {
  expect(cells('# a,b\n1,#2\n#', { comment: '#' })).toEqual([['1', '#2']])
})

test('broken quotes are problems of their record, and the next is read', () => {
  const [first, second, third] = split('"a"b,c\n1,2\n"open,3\n4')
  expect(first).toMatchObject({
    line: 1,
    problem: 'text follows the closing quote of cell 1; quotes inside of quotes are doubled.',
  })
  expect(second).toEqual({ line: 2, cells: ['1', '2'], problem: undefined })
  expect(third).toMatchObject({ line: 3, problem: 'the quote that is opened on line 3 is never closed.' })
})

test('a dialect whose characters cannot be told apart is an error', () => {
  expect(() => new CsvSplitter({ delimiter: '"' })).toThrow('must be different single characters')
  expect(() => new CsvSplitter({ delimiter: ', ' })).toThrow('got [", ","\\""]')
  expect(() => new CsvSplitter({ quote: '\n' })).toThrow(RangeError)
})
