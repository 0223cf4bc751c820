import { expect, test } from 'vitest'
import type { DataSet } from '../sets/data-set.ts'
import { barOf, isInside, readRows, referenceFor } from './reference-page.ts'

const page = `# A page

| set | net and training | training rows | test rows | result |
| --- | --- | --- | --- | --- |
| a.csv | MLP 4-32-3 ReLU | 112 | 38 | accuracy 0.995 (0.974–1.000) |
| b | MLP 7 | 7000 | 1000 visible / 2000 held out | accuracy 0.9393 (0.9370–0.9430) / 0.9360 (0.9345–0.9370) |
| b | CNN 7 | 7000 | 1000 visible / 2000 held out | accuracy 0.9610 (0.9600–0.9620) / 0.9628 (0.9585–0.9650) |
| c.txt | embedding 10, tanh 100 | 205382 | 22764 | nats a letter 2.190 (2.188–2.192) |
`
const set = (file: string, net: string, measure: DataSet['measure']): DataSet => ({
  ...{ file, net, measure, seeds: 1 },
  run: () => Promise.reject(new Error('not to be run')),
})

test('a data set has the row of its file and net', () => {
  const rows = readRows(page)
  expect(referenceFor(set('a.csv', 'MLP', 'accuracy'), rows, false)).toEqual({
    ...{ mean: 0.995, lowest: 0.974, highest: 1, testRows: 38 },
  })
  expect(referenceFor(set('b', 'CNN', 'accuracy'), rows, false)).toMatchObject({ mean: 0.961, testRows: 1000 })
  expect(referenceFor(set('b', 'CNN', 'accuracy'), rows, true)).toMatchObject({ mean: 0.9628, testRows: 2000 })
  expect(referenceFor(set('c.txt', 'embedding', 'nats'), rows, true)).toMatchObject({ mean: 2.19, testRows: 22764 })
  expect(referenceFor(set('d.csv', 'MLP', 'accuracy'), rows, false)).toBeUndefined()
})

test('a row with another measure is an error', () => {
  expect(() => referenceFor(set('a.csv', 'MLP', 'R²'), readRows(page), false)).toThrow('expected is “R² mean')
})

test('ranges are widened by the number of test rows, those of losses by 0.03', () => {
  const range = { mean: 0.95, lowest: 0.94, highest: 0.96 }
  expect(barOf('accuracy', { ...range, testRows: 301 })).toBeCloseTo(0.93, 12)
  expect(barOf('R²', { ...range, testRows: 300 })).toBeCloseTo(0.91, 12)
  expect(barOf('nats', { ...range, testRows: 9 })).toBeCloseTo(0.99, 12)
  expect([isInside('accuracy', 0.93, 0.93), isInside('accuracy', 0.92, 0.93)]).toEqual([true, false])
  expect([isInside('nats', 0.99, 0.99), isInside('nats', 1, 0.99)]).toEqual([true, false])
})
