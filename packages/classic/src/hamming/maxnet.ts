import { compile } from '@neurite/compiler'
import { RandomStream } from '@neurite/data'
import { scan, type Tensor, tensor } from '@neurite/tensor'
import { checkCount } from '../patterns/argument-checks.ts'
import { type Pattern, readPattern, vector } from '../patterns/pattern.ts'
import { resultOf } from '../patterns/result-of.ts'

export interface MaxnetOptions {
  /** Strength of the inhibition ε, 0 < ε < 1/M; default 0.99/M. The larger, the fewer iterations. */
  readonly epsilon?: number
  /**
   * What happens to equal maxima, which never separate by themselves. 'lowest' (default): the one with the lowest index wins; 'noise': every input
   * gets a random number below 0.001 added; 'none': the net runs until it reaches `maxIterations`.
   */
  readonly ties?: 'lowest' | 'noise' | 'none'
  /** Start of the random numbers for `ties: 'noise'`, default 0. */
  readonly seed?: number
  /** Default 10,000. */
  readonly maxIterations?: number
}

/** A net after an iteration; iteration 0 is its input. */
export interface MaxnetStep {
  readonly iteration: number
  /** The outputs u_j(t) [M]. */
  readonly outputs: Float64Array
}

export interface MaxnetResult {
  /** The node that is left, or −1 if none is: all inputs were 0, or the limit was reached. */
  readonly winner: number
  /** 'winner': one node was left; 'tie': only equal ones were; 'none': no node was above 0; 'limit': several were left after `maxIterations`. */
  readonly outcome: 'winner' | 'tie' | 'none' | 'limit'
  readonly iterations: number
  /** The outputs at the end [M]. */
  readonly outputs: Float64Array
  /** The nodes that were still above 0 at the end. */
  readonly survivors: readonly number[]
}

// So many iterations are made by one call of the program.
const iterationsPerCall = 16
const largestNoise = 1e-3

/**
 * MAXNET: finds the largest of M inputs by mutual inhibition, u_j(t + 1) = f_t(u_j(t) − ε Σ_{k ≠ j} u_k(t)), until one node
 * is above 0 (Lippmann 1987, box 2, steps 3 and 4). In every iteration the order stays and gaps grow by the factor 1 + ε.
 */
export class Maxnet {
  /** The number of nodes M. */
  readonly nodes: number
  readonly epsilon: number
  readonly ties: 'lowest' | 'noise' | 'none'
  readonly maxIterations: number
  readonly #seed: number

  /** @throws RangeError if `nodes` is not a positive integer, ε not between 0 and 1/M, or the limit not a positive integer. */
  constructor(nodes: number, options: MaxnetOptions = {}) {
    checkCount('Maxnet', 'nodes', nodes)
    const { epsilon = 0.99 / nodes, ties = 'lowest', seed = 0, maxIterations = 10_000 } = options
    if (!(epsilon > 0 && epsilon < 1 / nodes))
      throw new RangeError(`Maxnet: ε is ${epsilon}; for ${nodes} nodes it must lie between 0 and 1/${nodes}.`)
    checkCount('Maxnet', 'maxIterations', maxIterations)
    this.nodes = nodes
    this.epsilon = epsilon
    this.ties = ties
    this.maxIterations = maxIterations
    this.#seed = seed
  }

  /**
   * The largest of the inputs.
   * @throws ShapeError if there are not M of them; RangeError if one is negative.
   */
  recall(inputs: Pattern): MaxnetResult {
    return resultOf(this.trace(inputs))
  }

  /** The same iteration by iteration, the input first; what the iterator returns at its end is the result. */
  *trace(inputs: Pattern): Generator<MaxnetStep, MaxnetResult, void> {
    let outputs = this.#read(inputs)
    let iteration = 0
    yield { iteration, outputs }
    let ahead: Float64Array[] = []
    for (;;) {
      const survivors = survivorsOf(outputs)
      const outcome = outcomeOf(outputs, survivors, this.ties !== 'none')
      if (outcome !== undefined || iteration === this.maxIterations) {
        const winner = outcome === undefined ? -1 : (survivors[0] ?? -1)
        return { winner, outcome: outcome ?? 'limit', iterations: iteration, outputs, survivors }
      }
      if (ahead.length === 0) ahead = this.#iterate(outputs)
      outputs = ahead.shift()!
      iteration++
      yield { iteration, outputs }
    }
  }

  #read(inputs: Pattern): Float64Array {
    const outputs = readPattern('Maxnet', inputs, 'real', this.nodes)
    const negative = outputs.findIndex((value) => value < 0)
    if (negative >= 0)
      throw new RangeError(`Maxnet: input ${negative} is ${outputs[negative]}; inputs must not be negative.`)
    if (this.ties !== 'noise') return outputs
    const random = new RandomStream(this.#seed)
    return outputs.map((value) => value + random.uniform(0, largestNoise))
  }

  #iterate(outputs: Float64Array): Float64Array[] {
    const all = inhibit(vector(outputs), tensor([this.epsilon], { dtype: 'float64' })).dataSync() as Float64Array
    return Array.from({ length: iterationsPerCall }, (_, i) => all.slice(i * this.nodes, (i + 1) * this.nodes))
  }
}

// (1 + ε) u_j − ε Σ_k u_k: the same for equal nodes to the last bit.
const inhibit = /* @__PURE__ */ compile((outputs: Tensor, epsilon: Tensor): Tensor => {
  const [, history] = scan(
    (before: Tensor, times: Tensor) => {
      const own: Tensor = before.multiply(epsilon.add(1))
      const after: Tensor = own.subtract(before.sum().multiply(epsilon)).maximum(0).multiply(times)
      return [after, after]
    },
    outputs,
    tensor(new Float64Array(iterationsPerCall).fill(1)) as Tensor,
  )
  return history as Tensor
})

function survivorsOf(outputs: Float64Array): number[] {
  return [...outputs.keys()].filter((node) => outputs[node]! > 0)
}

function outcomeOf(
  outputs: Float64Array,
  survivors: readonly number[],
  endsTies: boolean,
): MaxnetResult['outcome'] | undefined {
  if (survivors.length === 0) return 'none'
  if (survivors.length === 1) return 'winner'
  return endsTies && survivors.every((node) => outputs[node] === outputs[survivors[0]!]) ? 'tie' : undefined
}
