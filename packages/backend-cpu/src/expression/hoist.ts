// Computes at the current point what loops further inside would compute again and again.

import type { Condition, Index, Scalar } from '@neurite/compiler/kernel'
import type { ExpressionEmitter } from './expression-emitter.ts'
import { hoistTest, holdsEverywhere } from './guard-emission.ts'
import { addressSum, hoistSum, type Sum } from './index-emission.ts'
import type { StoreTarget } from './store-emission.ts'

/** What is going to be evaluated further inside. */
export interface Work {
  readonly values: readonly Scalar[]
  readonly targets: readonly Pick<StoreTarget, 'buffer' | 'index'>[]
}

export interface HoistOptions {
  /** Leave out what varies along the vector axis: in the innermost loop, for what several chunks share. */
  readonly onlyUniform?: boolean
}

/**
 * Computes into locals of the current scope every part of the work that depends only on axes and results that are bound now:
 * the largest such parts, and the sums of the terms of indices. With a vector position set, values are wanted as vectors there.
 */
export function hoist(emitter: ExpressionEmitter, { values, targets }: Work, options: HoistOptions = {}): void {
  const walk = new Walk(emitter, options)
  for (const target of targets) walk.sum(addressSum(target), false)
  for (const value of values) walk.visit(value, emitter.hasPosition, false)
}

class Walk {
  readonly #emitter: ExpressionEmitter
  readonly #onlyUniform: boolean
  readonly #visited = { scalar: new Set<Scalar>(), vector: new Set<Scalar>() }

  constructor(emitter: ExpressionEmitter, { onlyUniform = false }: HoistOptions) {
    this.#emitter = emitter
    this.#onlyUniform = onlyUniform
  }

  /** `isGuarded`: the node is not evaluated everywhere, so that only what is safe may be computed here. */
  visit(node: Scalar, asVector: boolean, isGuarded: boolean): void {
    const visited = this.#visited[asVector ? 'vector' : 'scalar']
    if (node.kind === 'constant' || visited.has(node)) return
    visited.add(node)
    const emitter = this.#emitter
    const { axes, steps, isSafe } = emitter.facts.of(node)
    const isVarying = emitter.varies(axes)
    if (!(this.#onlyUniform && isVarying) && emitter.isBound(axes, steps) && (!isGuarded || isSafe)) {
      emitter.compute(node, asVector)
      return
    }
    const below = asVector && isVarying
    switch (node.kind) {
      case 'result':
        break
      case 'index':
        this.sum({ owner: node, index: node.index }, isGuarded)
        break
      case 'load':
        this.sum(addressSum(node), isGuarded)
        break
      case 'apply':
        node.operands.forEach((operand, place) => {
          const isCount = place === 1 && (node.op === 'shiftLeft' || node.op === 'shiftRightLogical')
          this.visit(operand, below && !(isCount && !emitter.isVarying(operand)), isGuarded)
        })
        break
      case 'guard':
        this.#conditions(node, isGuarded)
        this.visit(node.value, below, true)
    }
  }

  /** What an index looks up, and the sum of its terms as far as possible. */
  sum(sum: Sum, isGuarded: boolean): void {
    this.#lookUps(sum.index, isGuarded)
    if (!isGuarded || this.#emitter.facts.isComputed(sum.index)) hoistSum(this.#emitter, sum)
  }

  #lookUps({ terms }: Index, isGuarded: boolean): void {
    for (let place = 0; place < terms.length; place++) {
      const { atom } = terms[place]!
      if (atom.kind === 'axis') continue
      if (atom.kind === 'value') this.visit(atom.value, this.#emitter.isVarying(atom.value), isGuarded)
      else this.#lookUps(atom.dividend, isGuarded)
    }
  }

  #conditions(guard: Scalar & { readonly kind: 'guard' }, isGuarded: boolean): void {
    const { facts } = this.#emitter
    const { conditions } = guard
    const isSafe = !isGuarded || conditions.every(({ index }) => facts.isComputed(index))
    if (
      isSafe &&
      conditions.length > 0 &&
      holdsEverywhere(this.#emitter, guard) &&
      conditions.every((each) => this.#isBound(each))
    )
      hoistTest(this.#emitter, guard)
    else for (const condition of conditions) this.sum({ owner: condition, index: condition.index }, isGuarded)
  }

  #isBound({ index }: Condition): boolean {
    const { facts } = this.#emitter
    return this.#emitter.isBound(facts.axesOfIndex(index), facts.stepsOfIndex(index))
  }
}
