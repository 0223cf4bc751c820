// Text, character by character, by an LSTM and by a small transformer.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  Adam,
  AdamW,
  crossEntropy,
  Embedding,
  LayerNorm,
  LearnedPositionalEncoding,
  Linear,
  LSTM,
  type Optimizer,
  parameters,
  RandomStream,
  seed as seedRandomNumbers,
  type Tensor,
  Trainer,
  TransformerEncoder,
  TransformerEncoderLayer,
  tensor,
} from 'neurite'
import type { DataFolders, DataSet } from './data-set.ts'
import { randomBatches } from './random-batches.ts'

const windowLength = 64
const batchSize = 32
const steps = 1000
const testLength = 32_000

/** Characters [N, T] → scores of the next ones [N, characters, T]. */
interface TextModel {
  forward(characters: Tensor): Tensor
}

class RecurrentText implements TextModel {
  readonly embedding: Embedding
  readonly lstm = new LSTM(32, 128, { batchFirst: true })
  readonly head: Linear

  constructor(characters: number) {
    this.embedding = new Embedding(characters, 32)
    this.head = new Linear(128, characters)
  }

  forward(characters: Tensor): Tensor {
    const hidden: Tensor = this.lstm.forward(this.embedding.forward(characters))
    return this.head.forward(hidden).transpose(1, 2)
  }
}

class TransformerText implements TextModel {
  readonly embedding: Embedding
  readonly positions = new LearnedPositionalEncoding(windowLength, 64, { batchFirst: true })
  readonly encoder = new TransformerEncoder(
    Array.from({ length: 2 }, () => {
      const options = {
        dropout: 0,
        feedforwardFeatures: 256,
        normFirst: true,
        activation: 'gelu',
        batchFirst: true,
      } as const
      return new TransformerEncoderLayer(64, 4, options)
    }),
    new LayerNorm(64),
  )
  readonly head: Linear

  constructor(characters: number) {
    this.embedding = new Embedding(characters, 64)
    this.head = new Linear(64, characters)
  }

  forward(characters: Tensor): Tensor {
    const hidden = this.positions.forward(this.embedding.forward(characters) as Tensor)
    return (this.head.forward(this.encoder.forward(hidden, { isCausal: true })) as Tensor).transpose(1, 2)
  }
}

export const textSets: readonly DataSet[] = [
  text(
    'LSTM',
    (characters) => new RecurrentText(characters),
    (model) => new Adam(parameters(model), { learningRate: 0.002 }),
  ),
  text(
    'pre-norm',
    (characters) => new TransformerText(characters),
    (model) => new AdamW(parameters(model), { learningRate: 0.001 }),
  ),
]

function text(
  net: string,
  build: (characters: number) => TextModel,
  optimize: (model: TextModel) => Optimizer,
): DataSet {
  return {
    ...{ file: 'tinyshakespeare.txt', net, measure: 'nats', seeds: 2 },
    run: async (folders, seed) => {
      const { training, test } = await readText(folders)
      const alphabet = [...new Set(training)].sort()
      const codes = (of: string): Int32Array => Int32Array.from(of, (character) => alphabet.indexOf(character))
      seedRandomNumbers(seed)
      const model = build(alphabet.length)
      const trainer = new Trainer({
        model,
        loss: crossEntropy,
        optimizer: optimize(model),
        // A window and the character after it: what is read, and what comes next at every place.
        prepare: ([window]: readonly [Tensor]) => [
          window.narrow(1, 0, windowLength) as Tensor,
          window.narrow(1, 1, windowLength) as Tensor,
        ],
      })
      const [known, unknown] = [codes(training), codes(test)]
      const random = (epoch: number) => {
        const stream = new RandomStream(seed, epoch)
        const start = (): number => stream.below(known.length - windowLength)
        return () => windows(known, Array.from({ length: batchSize }, start))
      }
      await trainer.fit(randomBatches(steps, random), { epochs: 1 })
      const { loss } = await trainer.evaluate(windowsInOrder(unknown))
      return { figure: loss, trainingRows: known.length, testRows: unknown.length - 1 }
    },
  }
}

async function readText({ data, heldOut }: DataFolders): Promise<{ training: string; test: string }> {
  const read = (folder: string): Promise<string> => readFile(join(folder, 'tinyshakespeare.txt'), 'utf8')
  const visible = await read(data)
  if (heldOut !== undefined) return { training: visible, test: (await read(heldOut)).slice(0, testLength + 1) }
  const at = visible.length - testLength - 1
  return { training: visible.slice(0, at), test: visible.slice(at) }
}

/** Windows of 65 characters, [N, 65]. */
function windows(codes: Int32Array, starts: readonly number[]): readonly [Tensor] {
  const data = new Int32Array(starts.length * (windowLength + 1))
  for (const [row, start] of starts.entries())
    data.set(codes.subarray(start, start + windowLength + 1), row * (windowLength + 1))
  return [tensor(data, { shape: [starts.length, windowLength + 1] })]
}

/** Windows one after the other, so that every character but the first is predicted once. */
function windowsInOrder(codes: Int32Array): (readonly [Tensor])[] {
  const starts = Array.from({ length: Math.floor((codes.length - 1) / windowLength) }, (_, i) => i * windowLength)
  const batches = Array.from({ length: Math.ceil(starts.length / 100) }, (_, i) => starts.slice(100 * i, 100 * (i + 1)))
  return batches.map((part) => windows(codes, part))
}
