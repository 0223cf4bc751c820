// Names, letter by letter: which follows the three before (Bengio et al. 2003).

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  Adam,
  batches,
  crossEntropy,
  Embedding,
  Flatten,
  Linear,
  parameters,
  RandomStream,
  Sequential,
  seed as seedRandomNumbers,
  Trainer,
  tanh,
  tensor,
  tensorDataset,
} from 'neurite'
import type { DataFolders, DataSet } from './data-set.ts'
import { randomBatches } from './random-batches.ts'

const contextLength = 3
/** The end of a name, and what stands before its first letter. */
const end = 0
const letters = 27

export const names: DataSet = {
  ...{ file: 'names.txt', net: 'embedding', measure: 'nats', seeds: 3 },
  run: async (folders, seed) => {
    const { training, test } = await readNames(folders)
    seedRandomNumbers(seed)
    const model = new Sequential(
      ...[new Embedding(letters, 10), new Flatten()],
      ...[new Linear(contextLength * 10, 100), tanh, new Linear(100, letters)],
    )
    const optimizer = new Adam(parameters(model), { learningRate: 0.003 })
    const trainer = new Trainer({ model, loss: crossEntropy, optimizer })
    const [known, unknown] = [examplesOf(training), examplesOf(test)]
    const random = (epoch: number) => {
      const stream = new RandomStream(seed, epoch)
      return () => known.take(Int32Array.from({ length: 128 }, () => stream.below(known.length)))
    }
    await trainer.fit(randomBatches(5000, random), { epochs: 1 })
    const { loss } = await trainer.evaluate(batches(unknown, { batchSize: 2048 }))
    return { figure: loss, trainingRows: known.length, testRows: unknown.length }
  },
}

async function readNames({ data, heldOut }: DataFolders): Promise<{ training: string[]; test: string[] }> {
  const read = async (folder: string): Promise<string[]> =>
    (await readFile(join(folder, 'names.txt'), 'utf8')).split(/\r?\n/).filter((name) => name !== '')
  const visible = await read(data)
  if (heldOut !== undefined) return { training: visible, test: await read(heldOut) }
  const isKept = (place: number): boolean => place % 10 === 9
  return {
    training: visible.filter((_, place) => !isKept(place)),
    test: visible.filter((_, place) => isKept(place)),
  }
}

/** Every letter and every end of a name, with the three before. */
function examplesOf(all: readonly string[]) {
  const contexts: number[] = []
  const next: number[] = []
  for (const name of all) {
    let context = new Array<number>(contextLength).fill(end)
    for (const letter of [...Array.from(name, (character) => character.charCodeAt(0) - 96), end]) {
      contexts.push(...context)
      next.push(letter)
      context = [...context.slice(1), letter]
    }
  }
  return tensorDataset(
    tensor(Int32Array.from(contexts), { shape: [next.length, contextLength] }),
    tensor(Int32Array.from(next)),
  )
}
