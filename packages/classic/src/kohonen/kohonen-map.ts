import { RandomStream } from '@neurite/data'
import { type Tensor, tensor } from '@neurite/tensor'
import { checkCount } from '../patterns/argument-checks.ts'
import {
  matrix,
  type Pattern,
  type Patterns,
  type Rows,
  readPattern,
  readPatterns,
  rowOf,
} from '../patterns/pattern.ts'
import { adaptBatch, adaptInOrder, type Neighbourhood, nearestTwo } from './adaptation.ts'
import { exponentialSchedule, linearSchedule, type Schedule } from './schedule.ts'

export interface KohonenOptions {
  /** The weights [rows · columns, inputs] before training. Default: uniform in [−`initialRange`, `initialRange`). */
  readonly weights?: Patterns
  /** Default 0.1. */
  readonly initialRange?: number
  /** Start of the random numbers, default 0. */
  readonly seed?: number
}

export interface KohonenTrainingOptions {
  /** How many samples are shown; default: each once. They are shown in random order, all of them before one comes again. */
  readonly steps?: number
  /** The gain η, default: from 0.9 to 0.01 by equal factors. */
  readonly learningRate?: Schedule
  /** The radius of the neighbourhood in grid units, default: from half the larger side to 0.5 by equal factors. */
  readonly radius?: Schedule
  /**
   * Which nodes adapt beside the best one, and how much. 'square' (default): all within the radius (rounded to whole numbers) along both axes of the grid, fully;
   * 'gaussian': exp(−|g_j − g_c|² / (2 r²)) of the gain, for the distance on the grid.
   */
  readonly neighbourhood?: Neighbourhood
  /** Start of the random orders, default 0. */
  readonly seed?: number
}

export interface KohonenBatchOptions {
  /** Passes through all samples, default 20. */
  readonly epochs?: number
  /** As for `train`. */
  readonly radius?: Schedule
  /** As for `train`, default 'gaussian'. */
  readonly neighbourhood?: Neighbourhood
}

/** A map in the course of its training. */
export interface KohonenStep {
  /** Samples shown so far (passes through all of them in a batch training). */
  readonly step: number
  /** The gain and the radius of the last of them. */
  readonly learningRate: number
  readonly radius: number
  /** The weights [rows · columns, inputs], row-major. */
  readonly weights: Float64Array
}

export interface BestMatch {
  /** The node with the nearest weights, `row · columns + column`. */
  readonly node: number
  readonly row: number
  readonly column: number
  /** The distance between its weights and the pattern. */
  readonly distance: number
}

/**
 * Kohonen's self-organising feature map: nodes on a grid whose weights become like the samples, neighbours on the grid alike (Kohonen 1982,
 * "Self-organized formation of topologically correct feature maps"; Lippmann 1987, box 6).
 */
export class KohonenMap {
  readonly rows: number
  readonly columns: number
  readonly inputs: number
  #weights: Tensor

  /** @throws RangeError if a size is not a positive integer; ShapeError if the weights do not fit. */
  constructor(rows: number, columns: number, inputs: number, options: KohonenOptions = {}) {
    for (const [name, size] of Object.entries({ rows, columns, inputs })) checkCount('KohonenMap', name, size)
    this.rows = rows
    this.columns = columns
    this.inputs = inputs
    const { initialRange = 0.1, seed = 0 } = options
    const random = new RandomStream(seed)
    const draw = (): Float64Array =>
      Float64Array.from({ length: inputs }, () => random.uniform(-initialRange, initialRange))
    const start = options.weights ?? Array.from({ length: this.nodes }, draw)
    const weights = readPatterns('KohonenMap', start, 'real', inputs)
    if (weights.count !== this.nodes)
      throw new RangeError(
        `KohonenMap: ${weights.count} rows of weights; a map of ${rows} × ${columns} has ${this.nodes} nodes.`,
      )
    this.#weights = matrix(weights)
  }

  /** The number of nodes M. */
  get nodes(): number {
    return this.rows * this.columns
  }

  /** The weights of the nodes [rows · columns, inputs], row by row of the grid. */
  get weights(): Tensor<[number, number], 'float64'> {
    return this.#weights
  }

  /** The node whose weights are nearest to a pattern of real values. */
  classify(pattern: Pattern): BestMatch {
    const x = readPattern('KohonenMap.classify', pattern, 'real', this.inputs)
    return this.#matches({ count: 1, size: this.inputs, data: x })[0]!
  }

  /** The same for many patterns [P, inputs]. */
  classifyAll(patterns: Patterns): BestMatch[] {
    return this.#matches(readPatterns('KohonenMap.classifyAll', patterns, 'real', this.inputs))
  }

  /**
   * Shows samples [P, inputs] and adapts: w_j += η(t) (x − w_j) for the best node and its neighbours.
   * @throws ShapeError or RangeError if they do not fit the map, or an option is not in its range.
   */
  train(samples: Patterns, options: KohonenTrainingOptions = {}): this {
    for (const _ of this.trace(samples, { ...options, every: mostStepsAtOnce }));
    return this
  }

  /** The same, with a look at the map at the start and after `every` samples (default: a hundredth of all). */
  *trace(
    samples: Patterns,
    options: KohonenTrainingOptions & { readonly every?: number } = {},
  ): Generator<KohonenStep, void, void> {
    const rows = readPatterns('KohonenMap.train', samples, 'real', this.inputs)
    const { steps = rows.count, learningRate = exponentialSchedule(0.9, 0.01), radius = this.#radius() } = options
    const { neighbourhood = 'square', every = Math.max(1, Math.floor(steps / 100)) } = options
    checkCount('KohonenMap.train', 'steps', steps)
    checkCount('KohonenMap.train', 'every', every)
    yield this.#look(0, learningRate(0), radius(0))
    const draw = randomOrder(rows.count, options.seed ?? 0)
    for (let step = 0; step < steps; ) {
      const count = Math.min(every, steps - step, mostStepsAtOnce)
      const shares = Array.from({ length: count }, (_, i) => (step + i) / Math.max(1, steps - 1))
      const gains = shares.map((share) => checkedGain(learningRate(share)))
      const radii = shares.map(radius)
      const shown = Float64Array.from(shares.flatMap(() => [...rowOf(rows, draw())]))
      this.#weights = adaptInOrder(
        this.#weights,
        {
          samples: tensor(shown, { shape: [count, this.inputs] }),
          gains: tensor(Float64Array.from(gains)),
          radii: tensor(Float64Array.from(radii)),
        },
        this.columns,
        neighbourhood,
      )
      step += count
      yield this.#look(step, gains.at(-1)!, radii.at(-1)!)
    }
  }

  /**
   * Batch training: w_j = Σ_n h_jc(n) x_n / Σ_n h_jc(n) in every epoch, with no gain and no order of the samples (Kohonen 1995). A node that no sample is near to stays.
   * @throws ShapeError or RangeError as `train` does.
   */
  trainBatch(samples: Patterns, options: KohonenBatchOptions = {}): this {
    for (const _ of this.traceBatch(samples, options));
    return this
  }

  /** The same with a look at the map at the start and after every epoch. */
  *traceBatch(samples: Patterns, options: KohonenBatchOptions = {}): Generator<KohonenStep, void, void> {
    const all = matrix(readPatterns('KohonenMap.trainBatch', samples, 'real', this.inputs))
    const { epochs = 20, radius = this.#radius(), neighbourhood = 'gaussian' } = options
    checkCount('KohonenMap.trainBatch', 'epochs', epochs)
    yield this.#look(0, 1, radius(0))
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const r = radius((epoch - 1) / Math.max(1, epochs - 1))
      this.#weights = adaptBatch(this.#weights, all, tensor(r, { dtype: 'float64' }), this.columns, neighbourhood)
      yield this.#look(epoch, 1, r)
    }
  }

  /** The mean distance between the patterns and the weights nearest to each. */
  quantizationError(patterns: Patterns): number {
    const matches = this.classifyAll(patterns)
    return matches.reduce((sum, { distance }) => sum + distance, 0) / matches.length
  }

  /** The share of patterns whose nearest and second nearest nodes are not neighbours on the grid (diagonal ones are; Kiviluoto 1996). */
  topographicError(patterns: Patterns): number {
    const rows = readPatterns('KohonenMap.topographicError', patterns, 'real', this.inputs)
    if (this.nodes < 2) return 0
    const { first, second } = nearestTwo(this.#weights, matrix(rows))
    const seconds = second.dataSync()
    const apart = [...first.dataSync()].filter((node, n) => {
      const other = seconds[n]!
      const down = Math.floor(node / this.columns) - Math.floor(other / this.columns)
      const across = (node % this.columns) - (other % this.columns)
      return Math.max(Math.abs(down), Math.abs(across)) > 1
    })
    return apart.length / rows.count
  }

  /**
   * For maps of the plane: how many of the grid's cells (squares of four neighbours) are turned over against the majority, or twisted; 0 for a map that
   * unfolded.
   * @throws RangeError if the map has not two inputs.
   */
  foldedCells(): number {
    if (this.inputs !== 2)
      throw new RangeError(
        `KohonenMap.foldedCells: the map has ${this.inputs} inputs; only maps of the plane (2) can be tested.`,
      )
    const weights = this.#weights.dataSync()
    const at = (row: number, column: number): [number, number] => {
      const node = row * this.columns + column
      return [weights[2 * node]!, weights[2 * node + 1]!]
    }
    const turns: number[] = []
    for (let row = 0; row + 1 < this.rows; row++)
      for (let column = 0; column + 1 < this.columns; column++)
        turns.push(turnOf([at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)]))
    const majority = Math.sign(turns.reduce((sum, turn) => sum + turn, 0)) || 1
    return turns.filter((turn) => turn !== majority).length
  }

  #radius(): Schedule {
    const start = Math.max(this.rows, this.columns) / 2
    return start > 0.5 ? exponentialSchedule(start, 0.5) : linearSchedule(start, start)
  }

  #look(step: number, learningRate: number, radius: number): KohonenStep {
    return { step, learningRate, radius, weights: this.#weights.dataSync().slice() as Float64Array }
  }

  #matches(rows: Rows): BestMatch[] {
    const { first, distances } = nearestTwo(this.#weights, matrix(rows))
    const lengths = distances.dataSync()
    return [...first.dataSync()].map((node, n) => ({
      ...{ node, row: Math.floor(node / this.columns), column: node % this.columns, distance: lengths[n]! },
    }))
  }
}

// So many samples are shown by one call of the program.
const mostStepsAtOnce = 1000

function checkedGain(gain: number): number {
  if (!(gain >= 0 && gain <= 1))
    throw new RangeError(`KohonenMap.train: the learning rate is ${gain}; it must stay between 0 and 1.`)
  return gain
}

/** Positions in random order, all before one comes again. */
function randomOrder(count: number, seed: number): () => number {
  const random = new RandomStream(seed)
  const order = Int32Array.from({ length: count }, (_, i) => i)
  let next = count
  return () => {
    if (next === count) {
      random.shuffle(order)
      next = 0
    }
    return order[next++]!
  }
}

/** 1 or −1 where all corners of a quadrilateral turn that way, else 0. */
function turnOf(corners: readonly (readonly [number, number])[]): number {
  const turns = corners.map(([x, y], i) => {
    const [nextX, nextY] = corners[(i + 1) % 4]!
    const [lastX, lastY] = corners[(i + 3) % 4]!
    return Math.sign((nextX - x) * (lastY - y) - (nextY - y) * (lastX - x))
  })
  const sum = turns.reduce((total, turn) => total + turn, 0)
  // A corner may be dented in an unfolded map; two are a twist.
  return Math.abs(sum) >= 2 ? Math.sign(sum) : 0
}
