import { expect, test } from 'vitest'
import { buildColumn } from './column.ts'
import { Table } from './table.ts'

const table = new Table([
  buildColumn('n', 'number', [1.5, Number.NaN, 3]),
  buildColumn('b', 'boolean', [true, false, undefined]),
  buildColumn('c', 'category', ['y', 'x', 'y']),
  buildColumn('t', 'text', ['one', undefined, 'three']),
])

test('columns are chosen, left out and replaced by name', () => {
  expect(table.select('c', 'n').names).toEqual(['c', 'n'])
  expect(table.without('b', 't').names).toEqual(['n', 'c'])
  expect(table.with(buildColumn('n', 'integer', [1, 2, 3])).row(1)).toEqual({ n: 2, b: false, c: 'x', t: undefined })
  expect(table.with(buildColumn('z', 'integer', [1, 2, 3])).names).toEqual(['n', 'b', 'c', 't', 'z'])
})

test('rows are taken, filtered, and dropped where something is missing', () => {
  expect([...table.take([2, 0]).rows()].map(({ t }) => t)).toEqual(['three', 'one'])
  expect(table.filter(({ c }, row) => c === 'y' && row > 0).length).toBe(1)
  expect([table.dropMissing().length, table.dropMissing('n').length, table.dropMissing('c').length]).toEqual([1, 2, 3])
})

test('a split deals every row into one part', () => {
  const parts = table.split([2, 1], { seed: 3 })
  expect(parts.map(({ length }) => length)).toEqual([2, 1])
  expect(parts.flatMap((part) => [...part.rows()].map(({ n }) => n)).sort()).toEqual([1.5, 3, Number.NaN])
})

test('numbers are a matrix, missing ones NaN', () => {
  const matrix = table.matrix('b', 'n')
  expect(matrix.shape).toEqual([3, 2])
  expect([...matrix.dataSync()]).toEqual([1, 1.5, 0, Number.NaN, Number.NaN, 3])
})

test('what does not fit is an error that says what there is', () => {
  expect(() => table.column('x')).toThrow('there is no column "x"; there are n, b, c, t.')
  expect(() => table.numbers('t')).toThrow('column t holds no numbers: it is of kind text')
  expect(() => table.categories('n')).toThrow("columns: { n: 'category' }")
  expect(() => table.take([3])).toThrow('row 3 is none of 3 rows, 0 to 2')
  expect(() => new Table([buildColumn('a', 'number', [1]), buildColumn('b', 'number', [])])).toThrow(
    'column b has 0 rows, but column a 1',
  )
  expect(() => new Table([buildColumn('a', 'number', []), buildColumn('a', 'number', [])])).toThrow('the same name')
  expect(() => buildColumn('a', 'category', ['x'], ['y'])).toThrow('Column a: x is none of y')
})
