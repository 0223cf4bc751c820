// Tables of numbers and words, classified by one hidden layer.

import { join } from 'node:path'
import {
  Adam,
  batches,
  crossEntropy,
  FeatureEncoder,
  kFold,
  LabelEncoder,
  Linear,
  meanSquaredError,
  metrics,
  openFile,
  parameters,
  readTable,
  relu,
  Sequential,
  seed as seedRandomNumbers,
  type Table,
  type Tensor,
  Trainer,
  tanh,
  tensor,
  tensorDataset,
} from 'neurite'
import type { DataFolders, DataSet, Outcome } from './data-set.ts'

const folds = 5
const batchSize = 16

interface TableOptions {
  /** The column to predict. Default "class". */
  readonly target?: string
  /** Columns that are not used. */
  readonly without?: readonly string[]
}

/** Classes by a net of 32 hidden units. */
export function classification(file: string, { target = 'class', without = [] }: TableOptions = {}): DataSet {
  return {
    ...{ file, net: 'MLP', measure: 'accuracy', seeds: 5 },
    run: async (folders, seed) => {
      const { visible, heldOut } = await readTables(file, without, folders)
      const labels = LabelEncoder.fit(visible, target)
      const parts = partsOf(visible, heldOut, seed, await labels.apply(visible).data())
      return overParts(parts, async (training, test) => {
        const features = FeatureEncoder.fit(training, { except: [target], unseen: 'zeros' })
        seedRandomNumbers(seed)
        const model = new Sequential(new Linear(features.names.length, 32), relu, new Linear(32, labels.classes.length))
        const optimizer = new Adam(parameters(model), { learningRate: 0.005, weightDecay: 1e-4 })
        const trainer = new Trainer({ model, loss: crossEntropy, optimizer, metrics: { accuracy: metrics.accuracy() } })
        const dataset = (rows: Table) => tensorDataset(features.apply(rows), labels.apply(rows))
        await trainer.fit(batches(dataset(training), { batchSize, shuffle: true, seed }), { epochs: 60 })
        return (await trainer.evaluate(batches(dataset(test), { batchSize: 1000 }))).accuracy
      })
    },
  }
}

/** A number by a net of 16 hidden units. */
export function regression(file: string, target: string): DataSet {
  return {
    ...{ file, net: 'MLP', measure: 'R²', seeds: 5 },
    run: async (folders, seed) => {
      const { visible, heldOut } = await readTables(file, [], folders)
      return overParts(partsOf(visible, heldOut, seed), async (training, test) => {
        const features = FeatureEncoder.fit(training, { except: [target] })
        const targets = FeatureEncoder.fit(training, { columns: { [target]: 'standardize' } })
        const data = (rows: Table) => [features.apply(rows), targets.apply(rows)] as const
        return trainRegression(data(training), data(test), seed)
      })
    },
  }
}

/** A monthly series: the next value by the twelve before, in logarithms; the last fifth of the months is tested. */
export function series(file: string, target: string): DataSet {
  return {
    ...{ file, net: 'MLP', measure: 'R²', seeds: 5 },
    run: async (folders, seed) => {
      const { visible } = await readTables(file, [], folders)
      const values = visible.numbers(target).map(Math.log)
      const count = values.length - 12
      const trained = Math.floor(0.8 * count)
      const known = values.subarray(0, trained + 12)
      const mean = known.reduce((sum, value) => sum + value, 0) / known.length
      const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length)
      const scaled = Array.from(values, (value) => (value - mean) / deviation)
      const data = (from: number, to: number): readonly [Tensor, Tensor] => {
        const places = Array.from({ length: to - from }, (_, i) => from + i)
        return [tensor(places.map((at) => scaled.slice(at, at + 12))), tensor(places.map((at) => [scaled[at + 12]!]))]
      }
      const figure = await trainRegression(data(0, trained), data(trained, count), seed)
      return { figure, trainingRows: trained, testRows: count - trained }
    },
  }
}

async function trainRegression(
  [inputs, targets]: readonly [Tensor, Tensor],
  test: readonly [Tensor, Tensor],
  seed: number,
): Promise<number> {
  seedRandomNumbers(seed)
  const model = new Sequential(new Linear(inputs.shape[1]!, 16), tanh, new Linear(16, 1))
  const optimizer = new Adam(parameters(model), { learningRate: 0.003, weightDecay: 1e-3 })
  const trainer = new Trainer({ model, loss: meanSquaredError, optimizer, metrics: { explained: metrics.rSquared() } })
  await trainer.fit(batches(tensorDataset(inputs, targets), { batchSize, shuffle: true, seed }), { epochs: 40 })
  return (await trainer.evaluate([test])).explained
}

async function readTables(
  file: string,
  without: readonly string[],
  { data, heldOut }: DataFolders,
): Promise<{ readonly visible: Table; readonly heldOut: Table | undefined }> {
  const read = async (folder: string): Promise<Table> =>
    (await readTable(openFile(join(folder, file)))).without(...without).dropMissing()
  return { visible: await read(data), heldOut: heldOut === undefined ? undefined : await read(heldOut) }
}

/** Rows to train on and to test on, several times. */
type Parts = readonly (readonly [training: Table, test: Table])[]

function partsOf(visible: Table, heldOut: Table | undefined, seed: number, stratifyBy?: ArrayLike<number>): Parts {
  if (heldOut !== undefined) return [[visible, heldOut]]
  const options = { folds, seed, ...(stratifyBy && { stratifyBy }) }
  return kFold(visible.length, options).map(
    ({ training, validation }) => [visible.take(training), visible.take(validation)] as const,
  )
}

async function overParts(parts: Parts, train: (training: Table, test: Table) => Promise<number>): Promise<Outcome> {
  let [total, testRows] = [0, 0]
  for (const [training, test] of parts) {
    total += test.length * (await train(training, test))
    testRows += test.length
  }
  return { figure: total / testRows, trainingRows: parts[0]![0].length, testRows }
}
