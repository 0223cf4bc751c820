import { RandomStream } from '@neurite/data'
import { type Tensor, tensor, zeros } from '@neurite/tensor'
import { checkCount } from '../patterns/argument-checks.ts'
import {
  type Pattern,
  type Patterns,
  type Rows,
  readPattern,
  readPatterns,
  rowOf,
  vector,
} from '../patterns/pattern.ts'
import { resultOf } from '../patterns/result-of.ts'
import { type HopfieldRule, hopfieldWeights } from './learning-rules.ts'
import { type Couplings, hopfieldEnergy, type OnZero, updateInOrder, updateTogether } from './update.ts'

export interface HopfieldOptions {
  /** How the weights follow from the exemplars, default 'hebb'. */
  readonly rule?: HopfieldRule
  /** The state of a node whose activation is exactly 0. Default 'hold': the one it has; others can cycle between states of equal energy. */
  readonly onZero?: OnZero
  /** The offsets θ [N] of the nodes, default 0. */
  readonly offsets?: Pattern
}

export interface HopfieldRecallOptions {
  /**
   * Which nodes change when. 'random' (default): one after the other, all of them in a new random order in every sweep; 'sequential': one after
   * the other from first to last; 'synchronous': all at once, which can end in a cycle of two states.
   */
  readonly update?: 'random' | 'sequential' | 'synchronous'
  /** Start of the random orders, default 0. */
  readonly seed?: number
  /** The most sweeps (updates of all nodes), default 100. */
  readonly maxSweeps?: number
}

/** A net after an update. */
export interface HopfieldStep {
  /** The sweep that the update belongs to, from 1. */
  readonly sweep: number
  /** The node that was updated; undefined where all are at once. */
  readonly node: number | undefined
  /** The nodes whose state changed. */
  readonly changed: readonly number[]
  readonly state: Float64Array
  readonly energy: number
}

/** An exemplar, or the inverse of one, that a state is equal to. */
export interface ExemplarMatch {
  readonly exemplar: number
  readonly inverted: boolean
}

export interface HopfieldRecall {
  /** The state at the end: −1 and 1. */
  readonly state: Float64Array
  /** 'stable': no node changes any more; 'cycle': the two last states follow each other for ever; 'limit': neither within `maxSweeps`. */
  readonly outcome: 'stable' | 'cycle' | 'limit'
  /** The sweeps in which a node changed. */
  readonly sweeps: number
  /** How often a node changed. */
  readonly changes: number
  readonly energy: number
  /** What was recalled; undefined is “no match”: a spurious state. */
  readonly match: ExemplarMatch | undefined
}

/**
 * The Hopfield net: an associative memory for patterns of −1 and 1 (Hopfield 1982, "Neural networks and physical systems with emergent
 * collective computational abilities"; Lippmann 1987, box 1).
 *
 * Every exemplar x^s and its inverse are meant to be states that no node wants to leave; a net of N nodes holds about 0.138 N random exemplars.
 */
export class HopfieldNet {
  /** The number of nodes N. */
  readonly nodes: number
  readonly rule: HopfieldRule
  readonly onZero: OnZero
  #couplings: Couplings
  #exemplars: Rows | undefined

  /** @throws RangeError if `nodes` is not a positive integer; ShapeError if there are not as many offsets. */
  constructor(nodes: number, options: HopfieldOptions = {}) {
    checkCount('HopfieldNet', 'nodes', nodes)
    this.nodes = nodes
    this.rule = options.rule ?? 'hebb'
    this.onZero = options.onZero ?? 'hold'
    const offsets = readPattern('HopfieldNet', options.offsets ?? new Float64Array(nodes), 'real', nodes)
    this.#couplings = { weights: zeros([nodes, nodes], 'float64'), offsets: vector(offsets) }
  }

  /** The weights t_ij [N, N]: symmetric, with zero diagonal. */
  get weights(): Tensor<[number, number], 'float64'> {
    return this.#couplings.weights
  }

  /** The offsets θ [N]. */
  get offsets(): Tensor<[number], 'float64'> {
    return this.#couplings.offsets
  }

  /**
   * Makes the weights of the exemplars [M, N], values −1 and 1; earlier ones are forgotten.
   * @throws ShapeError or RangeError if they are not patterns of −1 and 1 with N values.
   */
  train(exemplars: Patterns): this {
    this.#exemplars = readPatterns('HopfieldNet.train', exemplars, 'bipolar', this.nodes)
    this.#couplings = { ...this.#couplings, weights: hopfieldWeights[this.rule](this.#exemplars) }
    return this
  }

  /** E = −½ Σ_ij t_ij u_i u_j + Σ_i θ_i u_i: no update of a single node raises it. */
  energy(state: Pattern): number {
    return this.#energyOf(readPattern('HopfieldNet.energy', state, 'bipolar', this.nodes))
  }

  /** Whether no node would change in this state. */
  isStable(state: Pattern): boolean {
    const before = readPattern('HopfieldNet.isStable', state, 'bipolar', this.nodes)
    return changedNodes(before, this.#updatedTogether(before)).length === 0
  }

  /**
   * Lets the net run from a pattern until nothing changes.
   * @throws ShapeError or RangeError if it is not a pattern of −1 and 1 with N values.
   */
  recall(pattern: Pattern, options: HopfieldRecallOptions = {}): HopfieldRecall {
    return resultOf(this.#sweeps('HopfieldNet.recall', pattern, options))
  }

  /** The same update by update; what the iterator returns at its end is the recall. */
  *trace(pattern: Pattern, options: HopfieldRecallOptions = {}): Generator<HopfieldStep, HopfieldRecall, void> {
    const sweeps = this.#sweeps('HopfieldNet.trace', pattern, options)
    for (;;) {
      const { done, value } = sweeps.next()
      if (done) return value
      yield* stepsOf(value)
    }
  }

  *#sweeps(where: string, pattern: Pattern, options: HopfieldRecallOptions): Generator<Sweep, HopfieldRecall, void> {
    const { update = 'random', seed = 0, maxSweeps = 100 } = options
    checkCount(where, 'maxSweeps', maxSweeps)
    const random = new RandomStream(seed)
    let state = readPattern(where, pattern, 'bipolar', this.nodes)
    let before: Float64Array | undefined
    let energy = this.#energyOf(state)
    let changes = 0
    for (let number = 1; number <= maxSweeps; number++) {
      const sweep =
        update === 'synchronous'
          ? this.#sweepTogether(state, number)
          : this.#sweepInOrder(state, energy, number, update === 'random' ? random : undefined)
      yield sweep
      const isCycle = update === 'synchronous' && before !== undefined && changedNodes(before, sweep.after).length === 0
      const changed = sweep.changed.length
      before = state
      state = sweep.after
      energy = sweep.energy
      changes += changed
      // Back where the net was two sweeps ago, and not resting there.
      if (changed > 0 && !isCycle) continue
      const outcome = changed === 0 ? 'stable' : 'cycle'
      return { state, outcome, sweeps: changed === 0 ? number - 1 : number, changes, energy, match: this.match(state) }
    }
    return { state, outcome: 'limit', sweeps: maxSweeps, changes, energy, match: this.match(state) }
  }

  #sweepInOrder(start: Float64Array, startEnergy: number, number: number, random: RandomStream | undefined): Sweep {
    const order = Int32Array.from({ length: this.nodes }, (_, node) => node)
    random?.shuffle(order)
    const result = updateInOrder(this.#couplings, vector(start), tensor(order), this.onZero)
    const after = result.state.dataSync() as Float64Array
    const activations = result.activations.dataSync()
    const values = result.values.dataSync()
    const steps: Sweep['steps'] = []
    let energy = startEnergy
    order.forEach((node, place) => {
      const value = values[place]!
      // Every node once: it still had its first state.
      if (value !== start[node]) energy -= (value - start[node]!) * activations[place]!
      steps.push({ node, value, energy })
    })
    return { number, start, after, steps, changed: changedNodes(start, after), energy }
  }

  #sweepTogether(start: Float64Array, number: number): Sweep {
    const after = this.#updatedTogether(start)
    return {
      number,
      start,
      after,
      steps: undefined,
      changed: changedNodes(start, after),
      energy: this.#energyOf(after),
    }
  }

  #updatedTogether(state: Float64Array): Float64Array {
    return updateTogether(this.#couplings, vector(state), this.onZero).dataSync() as Float64Array
  }

  #energyOf(state: Float64Array): number {
    return hopfieldEnergy(this.#couplings, vector(state)).itemSync()
  }

  /** The exemplar that a state is equal to, or the inverse of; undefined if there is none. */
  match(state: Pattern): ExemplarMatch | undefined {
    const exemplars = this.#exemplars
    if (exemplars === undefined) return undefined
    const values = readPattern('HopfieldNet.match', state, 'bipolar', this.nodes)
    for (const inverted of [false, true])
      for (let exemplar = 0; exemplar < exemplars.count; exemplar++)
        if (rowOf(exemplars, exemplar).every((value, node) => value === (inverted ? -values[node]! : values[node])))
          return { exemplar, inverted }
    return undefined
  }
}

interface Sweep {
  readonly number: number
  readonly start: Float64Array
  readonly after: Float64Array
  /** The updates one by one; undefined where they are made together. */
  readonly steps: { readonly node: number; readonly value: number; readonly energy: number }[] | undefined
  readonly changed: readonly number[]
  readonly energy: number
}

function* stepsOf({ number, start, after, steps, changed, energy }: Sweep): Generator<HopfieldStep, void, void> {
  if (steps === undefined) {
    yield { sweep: number, node: undefined, changed, state: after, energy }
    return
  }
  const state = start.slice()
  for (const { node, value, energy } of steps) {
    const changed = value === state[node] ? [] : [node]
    state[node] = value
    yield { sweep: number, node, changed, state: state.slice(), energy }
  }
}

function changedNodes(before: Float64Array, after: Float64Array): number[] {
  return [...after.keys()].filter((node) => before[node] !== after[node])
}
