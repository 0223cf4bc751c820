import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openFile } from '../readers/open-file.ts'
import { readTable } from '../tables/read-table.ts'
import type { Table } from '../tables/table.ts'
import { FeatureEncoder } from './feature-encoder.ts'
import { Imputer } from './imputer.ts'
import { LabelEncoder } from './label-encoder.ts'

const parse = (text: string): Promise<Table> => readTable(new Blob([text.replaceAll('|', '\n')]))
const people = await parse('age,height,town,member,id|10,1.5,Rome,true,a|20,1.7,Oslo,false,b|30,1.9,Rome,true,a|')

describe('FeatureEncoder', () => {
  test('standardises numbers, makes categories one-hot and truth values 0 and 1, and names the features', () => {
    const features = FeatureEncoder.fit(people, { except: ['id'] })
    expect(features.names).toEqual(['age', 'height', 'town=Oslo', 'town=Rome', 'member'])
    const x = features.apply(people)
    expect([x.shape, x.dtype]).toEqual([[3, 5], 'float32'])
    const z = Math.fround(1 / Math.sqrt(2 / 3))
    const expected = [
      [-z, -z, 0, 1, 1],
      [0, 0, 1, 0, 0],
      [z, z, 0, 1, 1],
    ]
    x.toArraySync().forEach((row, i) => {
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(expected[i]![j]!, 6)
      })
    })
  })

  test('encodes each column as it is told, and applies what it was fitted to to other rows, also after JSON', async () => {
    const fitted = FeatureEncoder.fit(people, { columns: { age: 'minMax', height: 'asIs', member: 'oneHot' } })
    const features = new FeatureEncoder(JSON.parse(JSON.stringify(fitted)))
    expect(features.names).toEqual(['age', 'height', 'member=false', 'member=true'])
    const other = await parse('member,height,age|True,2,40|')
    expect(features.apply(other).toArraySync()).toEqual([[1.5, 2, 0, 1]])
  })

  test('numbers can be one-hot too, in order of size', async () => {
    const table = await parse('class|10|9|')
    const features = FeatureEncoder.fit(table, { columns: { class: 'oneHot' } })
    expect(features.names).toEqual(['class=9', 'class=10'])
    expect(features.apply(table).toArraySync()).toEqual([
      [0, 1],
      [1, 0],
    ])
  })

  test('a category that was never seen is an error, or zeros', async () => {
    const other = await parse('town|Paris|')
    const columns = { town: 'oneHot' } as const
    expect(() => FeatureEncoder.fit(people, { columns }).apply(other)).toThrow(
      '"Paris" in row 0 of town was never seen; seen were Oslo, Rome.',
    )
    expect(FeatureEncoder.fit(people, { columns, unseen: 'zeros' }).apply(other).toArraySync()).toEqual([[0, 0]])
  })

  test('missing values and kinds that cannot be encoded are errors that name them', async () => {
    const gaps = await parse('n,c|1,x|,y|')
    expect(() => FeatureEncoder.fit(gaps)).toThrow('FeatureEncoder.fit: the value of column n is missing in row 1')
    expect(() => FeatureEncoder.fit(gaps.dropMissing()).apply(gaps)).toThrow('FeatureEncoder: the value of column n')
    expect(() => FeatureEncoder.fit(people, { columns: { town: 'minMax' } })).toThrow(
      "column town is of kind category; it can be encoded 'oneHot', not 'minMax'",
    )
    expect(() => FeatureEncoder.fit(people.take([]))).toThrow('no rows')
    expect(() => FeatureEncoder.fit(people, { except: ['nobody'] })).toThrow('there is no column "nobody"')
  })
})

describe('LabelEncoder', () => {
  test('numbers classes from 0, words in alphabetical order and numbers by size', async () => {
    const labels = new LabelEncoder(JSON.parse(JSON.stringify(LabelEncoder.fit(people, 'town'))))
    expect(labels.classes).toEqual(['Oslo', 'Rome'])
    const y = labels.apply(people)
    expect([y.dtype, y.shape, [...y.dataSync()]]).toEqual(['int32', [3], [1, 0, 1]])
    expect(labels.decode(y.dataSync())).toEqual(['Rome', 'Oslo', 'Rome'])
    const table = await parse('class|10|2|3|2|')
    expect([...LabelEncoder.fit(table, 'class').apply(table).dataSync()]).toEqual([2, 0, 1, 0])
  })

  test('classes that are missing or unknown are errors with their row', async () => {
    const table = await parse('c,n|x,1|NA,|')
    expect(() => LabelEncoder.fit(table, 'n')).toThrow('LabelEncoder.fit: the class is missing in row 1 of n')
    expect(() => LabelEncoder.fit(table, 'c').apply(table)).toThrow('LabelEncoder: the class is missing in row 1 of c')
    const other = await parse('town|Paris|')
    expect(() => LabelEncoder.fit(people, 'town').apply(other)).toThrow(
      '"Paris" in row 0 of town is none of the classes',
    )
    expect(() => LabelEncoder.fit(people, 'town').decode([2])).toThrow('2 is the number of no class; there are 2.')
  })
})

describe('Imputer', () => {
  const gaps = 'n,i,b,c|1,1,true,x|,,,|2,4,true,y|6,,false,x|'

  test('fills with mean or median, the most frequent category and truth value', async () => {
    const table = await parse(gaps)
    const filled = Imputer.fit(table).apply(table)
    expect(filled.row(1)).toEqual({ n: 3, i: 2.5, b: true, c: 'x' })
    expect(filled.countMissing()).toEqual({ n: 0, i: 0, b: 0, c: 0 })
    expect(filled.column('i').kind).toBe('number')
    expect(Imputer.fit(table, { numbers: 'median' }).apply(table).row(1)).toMatchObject({ n: 2, i: 2.5 })
    expect(Imputer.fit(table, { numbers: 'mostFrequent' }).apply(table).row(1)).toMatchObject({ n: 1, i: 1 })
  })

  test('fills with values of ones own, and by what it saw elsewhere, also after JSON', async () => {
    const table = await parse(gaps)
    const own = Imputer.fit(table, { numbers: -1, categories: { name: 'unknown' } }).apply(table)
    expect(own.row(1)).toMatchObject({ n: -1, i: -1, c: 'unknown' })
    expect(own.categories('c').categories).toEqual(['x', 'y', 'unknown'])
    const fitted = new Imputer(JSON.parse(JSON.stringify(Imputer.fit(table, { columns: ['n'] }))))
    expect(fitted.apply(await parse('n|NA|')).row(0)).toEqual({ n: 3 })
  })

  test('what cannot be filled is an error', async () => {
    const empty = await parse('n|NA|')
    expect(() => Imputer.fit(empty)).toThrow('all values of column n are missing')
    const text = await readTable(new Blob(['t\nx\n']), { columns: { t: 'text' } })
    expect(() => Imputer.fit(text, { columns: ['t'] })).toThrow('column t holds text')
    expect(() => new Imputer({ values: { town: 3 } }).apply(people)).toThrow('column town is of kind category')
  })
})

const folder = join(import.meta.dirname, '../../../../../shared/data')

/** Features and classes as in ../shared/oracle/REFERENCE.md: the first and last layers of its nets. */
const sets = [
  ['iris.csv', 'species', 112, 4, 3],
  ['penguins.csv', 'species', 249, 9, 3],
  ['wheat-seeds.csv', 'class', 157, 7, 3],
  ['wine.csv', 'class', 133, 13, 3],
  ['breast-cancer.csv', 'class', 426, 30, 2],
  ['sonar.csv', 'class', 156, 60, 2],
  ['ionosphere.csv', 'class', 263, 34, 2],
  ['banknote.csv', 'class', 1029, 4, 2],
  ['pima-diabetes.csv', 'class', 576, 8, 2],
  ['digits.csv', 'class', 1347, 64, 10],
] as const

describe.skipIf(!existsSync(folder))('real tables (skipped where ../shared/data is absent)', () => {
  test.for(sets)('%s', async ([name, target, rows, width, classes]) => {
    const table = (await readTable(openFile(join(folder, name)))).dropMissing()
    const x = FeatureEncoder.fit(table, { except: [target] }).apply(table)
    const labels = LabelEncoder.fit(table, target)
    expect([...x.shape, labels.classes.length, labels.apply(table).size]).toEqual([rows, width, classes, rows])
    for (const mean of x.mean(0).dataSync()) expect(Number.isFinite(mean)).toBe(true)
  })

  test('titanic.csv, imputed', async () => {
    const table = (await readTable(openFile(join(folder, 'titanic.csv')))).without('deck', 'alive')
    const filled = Imputer.fit(table, { numbers: 'median' }).apply(table)
    const x = FeatureEncoder.fit(filled, { except: ['survived'] }).apply(filled)
    expect(x.shape).toEqual([668, 21])
    expect(x.dataSync().every(Number.isFinite)).toBe(true)
  })
})
