// Every data set, in the order of the reference page.

import type { DataSet } from './data-set.ts'
import { mnistSets } from './mnist.ts'
import { names } from './names.ts'
import { classification, regression, series } from './tables.ts'
import { textSets } from './text.ts'

const tableSets: readonly DataSet[] = [
  classification('iris.csv', { target: 'species' }),
  classification('penguins.csv', { target: 'species' }),
  ...['wheat-seeds', 'wine', 'breast-cancer', 'sonar', 'ionosphere', 'banknote', 'pima-diabetes', 'digits'].map(
    (name) => classification(`${name}.csv`),
  ),
  // "alive" says in words what is to be predicted, and most decks are missing.
  classification('titanic.csv', { target: 'survived', without: ['alive', 'deck'] }),
  regression('diabetes.csv', 'progression'),
  series('airline-passengers.csv', 'Passengers'),
]

export const dataSets: readonly DataSet[] = [...tableSets, names, ...mnistSets, ...textSets]
