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
/** Of the visible text, where no other is given. */
const stretches = 10

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
      const { codes, trainingStarts, testWindows, characters } = await readText(folders)
      seedRandomNumbers(seed)
      const model = build(characters)
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
      const random = (epoch: number) => {
        const stream = new RandomStream(seed, epoch)
        const start = (): number => trainingStarts[stream.below(trainingStarts.length)]!
        return () => windows(codes, Array.from({ length: batchSize }, start))
      }
      await trainer.fit(randomBatches(steps, random), { epochs: 1 })
      const { loss } = await trainer.evaluate(testWindows)
      return { figure: loss, trainingRows: trainingStarts.length, testRows: testLength }
    },
  }
}

interface TextParts {
  /** The characters of the training text, by their places in the alphabet. */
  readonly codes: Int32Array
  /** Where windows to train on may begin. */
  readonly trainingStarts: Int32Array
  /** Windows that predict every character of the test text once. */
  readonly testWindows: readonly (readonly [Tensor])[]
  /** How many different ones there are. */
  readonly characters: number
}

async function readText({ data, heldOut }: DataFolders): Promise<TextParts> {
  const read = (folder: string): Promise<string> => readFile(join(folder, 'tinyshakespeare.txt'), 'utf8')
  const visible = await read(data)
  const alphabet = [...new Set(visible)].sort()
  const encode = (text: string): Int32Array => Int32Array.from(text, (character) => alphabet.indexOf(character))
  const codes = encode(visible)
  const starts = Int32Array.from({ length: codes.length - windowLength }, (_, start) => start)
  const rest = { codes, characters: alphabet.length }
  if (heldOut !== undefined) {
    const test = encode(await read(heldOut))
    return { ...rest, trainingStarts: starts, testWindows: inBatches(test, windowsFrom(0, testLength)) }
  }
  // Scenes differ: stretches from all over the text are kept back.
  const length = testLength / stretches
  const stretchStarts = Array.from({ length: stretches }, (_, i) => Math.floor(((i + 0.5) * starts.length) / stretches))
  const isApart = (start: number): boolean =>
    stretchStarts.every((from) => start + windowLength < from || start > from + length)
  return {
    ...rest,
    trainingStarts: starts.filter(isApart),
    testWindows: inBatches(
      codes,
      stretchStarts.flatMap((from) => windowsFrom(from, length)),
    ),
  }
}

/** Where windows begin that lie one after the other. */
function windowsFrom(from: number, length: number): number[] {
  return Array.from({ length: Math.floor(length / windowLength) }, (_, i) => from + i * windowLength)
}

/** Windows of 65 characters, [N, 65]. */
function windows(codes: Int32Array, starts: readonly number[]): readonly [Tensor] {
  const data = new Int32Array(starts.length * (windowLength + 1))
  for (const [row, start] of starts.entries())
    data.set(codes.subarray(start, start + windowLength + 1), row * (windowLength + 1))
  return [tensor(data, { shape: [starts.length, windowLength + 1] })]
}

function inBatches(codes: Int32Array, starts: readonly number[]): (readonly [Tensor])[] {
  const parts = Array.from({ length: Math.ceil(starts.length / 100) }, (_, i) => starts.slice(100 * i, 100 * (i + 1)))
  return parts.map((part) => windows(codes, part))
}
