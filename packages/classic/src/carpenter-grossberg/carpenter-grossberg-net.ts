import { compile } from '@neurite/compiler'
import { full, iota, ones, type Tensor, tensor, where } from '@neurite/tensor'
import { checkBetween, checkCount, checkPositive } from '../patterns/argument-checks.ts'
import { type Pattern, type Patterns, readPattern, readPatterns, rowOf, vector } from '../patterns/pattern.ts'
import { resultOf } from '../patterns/result-of.ts'

export interface CarpenterGrossbergOptions {
  /** The vigilance ρ, 0 ≤ ρ ≤ 1, default 0.9: the higher, the more and finer clusters. */
  readonly vigilance?: number
  /** Whether the vigilance test is |T·X| / |X| > ρ, as published, or ≥ ρ. Default: > below ρ = 1, and ≥ at 1, where > would accept nothing. */
  readonly vigilanceTest?: 'greater' | 'greater or equal'
  /** The small constant β in the bottom-up weights, default 0.5: of exemplars that match alike the larger one scores higher. */
  readonly beta?: number
}

/** One candidate for the pattern at hand. */
export interface CarpenterGrossbergStep {
  /** The matching scores u_j = Σ_i b_ij x_i [M]. */
  readonly scores: Float64Array
  /** The node with the best score among those that are not disabled. */
  readonly candidate: number
  /** Whether the candidate holds an exemplar already. */
  readonly committed: boolean
  /** |T·X| / |X|: the share of the pattern's ones that the candidate's exemplar has. */
  readonly match: number
  /** Whether the match passes the vigilance test; if not, the candidate is disabled for this pattern (a reset). */
  readonly accepted: boolean
}

export interface CarpenterGrossbergResult {
  /** The node that took the pattern, or −1. */
  readonly node: number
  /**
   * 'resonance': an exemplar passed; 'new': a free node did; 'full': no node did, the pattern is novel and the memory full; 'blank': the pattern has
   * no ones, matches nothing and is skipped.
   */
  readonly outcome: 'resonance' | 'new' | 'full' | 'blank'
  /** The nodes that were tried and reset, in order. */
  readonly resets: readonly number[]
}

/**
 * The Carpenter–Grossberg classifier, ART1 with fast learning: clusters patterns of 0 and 1 as they come, each cluster with the AND of its patterns
 * as exemplar (Carpenter & Grossberg 1986, "Neural dynamics of category learning and recognition"; Lippmann 1987, box 3).
 *
 * Exemplars only lose bits, so learning is stable: a list of patterns shown again and again is coded after few passes.
 */
export class CarpenterGrossbergNet {
  /** The number of inputs N. */
  readonly inputs: number
  /** The number of output nodes M: the most clusters. */
  readonly nodes: number
  readonly vigilance: number
  readonly vigilanceTest: 'greater' | 'greater or equal'
  readonly beta: number
  readonly #committed: boolean[]
  #weights: Weights

  /** @throws RangeError if a size is not a positive integer, ρ not between 0 and 1, or β not positive. */
  constructor(inputs: number, nodes: number, options: CarpenterGrossbergOptions = {}) {
    const { vigilance = 0.9, beta = 0.5 } = options
    checkCount('CarpenterGrossbergNet', 'inputs', inputs)
    checkCount('CarpenterGrossbergNet', 'nodes', nodes)
    checkBetween('CarpenterGrossbergNet', 'vigilance', vigilance, 0, 1)
    checkPositive('CarpenterGrossbergNet', 'beta', beta)
    this.inputs = inputs
    this.nodes = nodes
    this.vigilance = vigilance
    this.vigilanceTest = options.vigilanceTest ?? (vigilance < 1 ? 'greater' : 'greater or equal')
    this.beta = beta
    this.#committed = Array.from({ length: nodes }, () => false)
    this.#weights = {
      topDown: ones([nodes, inputs], 'float64'),
      bottomUp: full([nodes, inputs], 1 / (1 + inputs), 'float64'),
    }
  }

  /** The bottom-up weights b_ij [M, N], of one node a row. */
  get bottomUp(): Tensor<[number, number], 'float64'> {
    return this.#weights.bottomUp
  }

  /** The top-down weights t_ij [M, N]: the exemplars as rows; all ones for a free node. */
  get topDown(): Tensor<[number, number], 'float64'> {
    return this.#weights.topDown
  }

  /** How many nodes hold an exemplar. */
  get clusters(): number {
    return this.#committed.filter(Boolean).length
  }

  /** The exemplar of a node [N], or undefined as long as it is free. */
  exemplar(node: number): Float64Array | undefined {
    if (!this.#committed[node]) return undefined
    return this.#weights.topDown.dataSync().slice(node * this.inputs, (node + 1) * this.inputs) as Float64Array
  }

  /**
   * Shows the patterns [P, N] one after the other and adapts.
   * @throws ShapeError or RangeError if they are not patterns of 0 and 1 with N values.
   */
  train(patterns: Patterns): CarpenterGrossbergResult[] {
    const rows = readPatterns('CarpenterGrossbergNet.train', patterns, 'binary', this.inputs)
    return Array.from({ length: rows.count }, (_, index) => this.present(rowOf(rows, index)))
  }

  /** Shows one pattern and adapts the node that takes it. */
  present(pattern: Pattern): CarpenterGrossbergResult {
    return resultOf(this.trace(pattern))
  }

  /** The same candidate by candidate; what the iterator returns at its end is the result. The net adapts when the iterator ends. */
  *trace(pattern: Pattern): Generator<CarpenterGrossbergStep, CarpenterGrossbergResult, void> {
    const values = readPattern('CarpenterGrossbergNet.trace', pattern, 'binary', this.inputs)
    const result = yield* this.#search(values)
    if (result.node >= 0) {
      this.#weights = adapt(this.#weights, vector(values), tensor(Int32Array.of(result.node)), this.beta)
      this.#committed[result.node] = true
    }
    return result
  }

  /** The node that would take the pattern; nothing is adapted. */
  classify(pattern: Pattern): CarpenterGrossbergResult {
    return resultOf(this.#search(readPattern('CarpenterGrossbergNet.classify', pattern, 'binary', this.inputs)))
  }

  *#search(values: Float64Array): Generator<CarpenterGrossbergStep, CarpenterGrossbergResult, void> {
    const size = values.reduce((sum, value) => sum + value, 0)
    if (size === 0) return { node: -1, outcome: 'blank', resets: [] }
    const results = compare(this.#weights, vector(values))
    const scores = results.scores.dataSync() as Float64Array
    const overlaps = results.overlaps.dataSync()
    const resets: number[] = []
    while (resets.length < this.nodes) {
      const candidate = largestOf(scores, resets)
      const committed = this.#committed[candidate]!
      const match = overlaps[candidate]! / size
      const accepted = this.vigilanceTest === 'greater' ? match > this.vigilance : match >= this.vigilance
      yield { scores, candidate, committed, match, accepted }
      if (accepted) return { node: candidate, outcome: committed ? 'resonance' : 'new', resets }
      resets.push(candidate)
    }
    return { node: -1, outcome: 'full', resets }
  }
}

interface Weights {
  readonly topDown: Tensor
  readonly bottomUp: Tensor
}

/** Steps 3 and 5: the matching scores b·x and the overlaps |T·X| of all nodes at once. */
const compare = /* @__PURE__ */ compile(({ topDown, bottomUp }: Weights, pattern: Tensor) => ({
  scores: bottomUp.matmul(pattern) as Tensor,
  overlaps: topDown.matmul(pattern) as Tensor,
}))

/** Step 7: t ← t x and b ← t x / (β + Σ t x) at one node. */
const adapt = /* @__PURE__ */ compile(({ topDown, bottomUp }: Weights, pattern: Tensor, node: Tensor, beta: number) => {
  const isNode: Tensor = iota([topDown.shape[0]!, 1], 0).equal(node)
  const common: Tensor = topDown.multiply(pattern)
  const scaled: Tensor = common.divide(common.sum(1, { keepAxes: true }).add(beta))
  return { topDown: where(isNode, common, topDown) as Tensor, bottomUp: where(isNode, scaled, bottomUp) as Tensor }
})

function largestOf(scores: Float64Array, disabled: readonly number[]): number {
  let best = -1
  scores.forEach((score, node) => {
    if (!disabled.includes(node) && (best < 0 || score > scores[best]!)) best = node
  })
  return best
}
