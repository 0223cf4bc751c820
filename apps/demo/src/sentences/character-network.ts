// An LSTM that reads a text character by character and says which comes next (Karpathy, Johnson & Fei-Fei 2015).

import {
  Adam,
  compile,
  crossEntropy,
  Embedding,
  gradients,
  Linear,
  LSTM,
  type Module,
  parameters,
  RandomStream,
  type Tensor,
  tensor,
  zeros,
} from 'neurite'

const [batchSize, windowLength, features, hidden] = [32, 48, 24, 128]

/** Characters as integers, and back. */
export class Alphabet {
  readonly #characters: readonly string[]
  readonly #codes: ReadonlyMap<string, number>

  /** Of all characters that occur in a text. */
  constructor(text: string) {
    this.#characters = [...new Set(text)].toSorted()
    this.#codes = new Map(this.#characters.map((character, code) => [character, code]))
  }

  get size(): number {
    return this.#characters.length
  }

  encode(text: string): Int32Array {
    return Int32Array.from(text, (character) => this.#codes.get(character) ?? 0)
  }

  character(code: number): string {
    return this.#characters[code]!
  }
}

interface Reading {
  /** [N, T, characters]: scores of what comes next. */
  readonly scores: Tensor
  readonly hidden: Tensor
  readonly cell: Tensor
}

export class CharacterNetwork implements Module {
  readonly embedding: Embedding
  readonly lstm: LSTM
  readonly linear: Linear

  constructor(characters: number) {
    this.embedding = new Embedding(characters, features)
    this.lstm = new LSTM(features, hidden, { batchFirst: true })
    this.linear = new Linear(hidden, characters)
  }

  /** Codes [N, T] → scores [N, T, characters], beginning with an empty memory. */
  forward(codes: Tensor): Tensor {
    return this.linear.forward(this.lstm.forward(this.embedding.forward(codes as Tensor<[number, number], 'int32'>)))
  }

  /** Reads on from where the memory stands. */
  read(codes: Tensor, memory: { hidden: Tensor; cell: Tensor }): Reading {
    const inputs = this.embedding.forward(codes as Tensor<[number, number], 'int32'>)
    const { output, ...after } = this.lstm.forwardWithState(inputs, memory)
    return { scores: this.linear.forward(output), ...after }
  }
}

/** A step on windows drawn from a text: returns the mean loss of the windows, in nats a character. */
export function learner(network: CharacterNetwork, codes: Int32Array, seed: number): () => Promise<number> {
  const random = new RandomStream(seed)
  const optimizer = new Adam(parameters(network), { learningRate: 0.004 })
  const step = compile((windows: Tensor<[number, number], 'int32'>) => {
    const scores = network.forward(windows.narrow(1, 0, windowLength))
    const next = windows.narrow(1, 1, windowLength)
    const loss = crossEntropy(scores.reshape([batchSize * windowLength, -1]), next.reshape([batchSize * windowLength]))
    optimizer.step(gradients(loss, parameters(network)))
    return loss
  })
  const windows = new Int32Array(batchSize * (windowLength + 1))
  return async () => {
    for (let row = 0; row < batchSize; row++) {
      const start = random.below(codes.length - windowLength)
      windows.set(codes.subarray(start, start + windowLength + 1), row * (windowLength + 1))
    }
    return step(tensor(windows, { shape: [batchSize, windowLength + 1] })).item()
  }
}

/** Writes `length` characters after a beginning, each drawn by its probability. */
export async function write(
  network: CharacterNetwork,
  alphabet: Alphabet,
  { beginning, length, seed }: { beginning: string; length: number; seed: number },
): Promise<string> {
  const random = new RandomStream(seed)
  const read = compile((code: Tensor<[1, 1], 'int32'>, state: Tensor, cell: Tensor) => {
    const after = network.read(code, { hidden: state, cell })
    return { ...after, probabilities: after.scores.reshape([-1]).softmax(0) }
  })
  let memory = { hidden: zeros([1, 1, hidden]) as Tensor, cell: zeros([1, 1, hidden]) as Tensor }
  let text = ''
  let probabilities: ArrayLike<number> = []
  for (const [i, code] of alphabet.encode(beginning.padEnd(beginning.length + length)).entries()) {
    const chosen = i < beginning.length ? code : drawn(probabilities, random)
    if (i >= beginning.length) text += alphabet.character(chosen)
    const after = read(tensor([[chosen]], { dtype: 'int32' }) as Tensor<[1, 1], 'int32'>, memory.hidden, memory.cell)
    memory = after
    probabilities = await after.probabilities.data()
  }
  return text
}

function drawn(probabilities: ArrayLike<number>, random: RandomStream): number {
  let left = random.uniform()
  for (let code = 0; code < probabilities.length; code++) {
    left -= probabilities[code]!
    if (left < 0) return code
  }
  return probabilities.length - 1
}
