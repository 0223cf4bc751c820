// What holds of the nodes of a kernel's expressions wherever they are evaluated.

import {
  type Buffer,
  childrenOf,
  type Index,
  type IndexAtom,
  nodesOf,
  rangeOfIndex,
  type Scalar,
} from '@neurite/compiler/kernel'
import { isNeverPositive, type Maxima } from './sign.ts'
import { hasLanes } from './value-types.ts'

/** A set of axes or steps: bit n is number n. */
export type Bits = number

const maximumNumber = 30

export function bit(number: number): Bits {
  if (number > maximumNumber) throw tooMany()
  return 1 << number
}

function tooMany(): Error {
  return new Error(`backend-cpu: a kernel with more than ${maximumNumber + 1} axes or steps is not supported.`)
}

export interface NodeFacts {
  /** Axes that the value depends on. */
  readonly axes: Bits
  /** Reduce steps whose results it uses. */
  readonly steps: Bits
  /** Whether it may be evaluated where guards around it do not hold: nothing it reads is out of bounds, nothing it looks up faults. */
  readonly isSafe: boolean
}

export interface KernelSurroundings {
  /** Extents by axis number; of axes that several steps have, the largest. */
  readonly extents: readonly number[]
  readonly buffers: readonly Buffer[]
  /** Axes that the results of reduce steps depend on. */
  readonly resultAxes: readonly number[]
  /** Of all that a kernel computes with axes of its steps' own, these find the maximum over the same axes. */
  readonly maxima?: Maxima
}

export class Facts {
  readonly extents: readonly number[]
  readonly #surroundings: KernelSurroundings
  readonly #known = new Map<Scalar, NodeFacts>()
  readonly #uses = new Map<Scalar, number>()
  readonly #resultAxes: Bits

  /** `roots` are all expressions of the kernel, among them those that the indices of its stores look up. */
  constructor(surroundings: KernelSurroundings, roots: readonly Scalar[]) {
    this.#surroundings = surroundings
    this.extents = surroundings.extents
    if (this.extents.length > maximumNumber + 1) throw tooMany()
    this.#resultAxes = surroundings.resultAxes.reduce((all, axis) => all | bit(axis), 0)
    for (const root of roots) this.#use(root)
  }

  of(scalar: Scalar): NodeFacts {
    return this.#known.get(scalar) ?? this.#learn(scalar)
  }

  axesOf(scalar: Scalar): Bits {
    return (this.#known.get(scalar) ?? this.#learn(scalar)).axes
  }

  stepsOf(scalar: Scalar): Bits {
    return this.of(scalar).steps
  }

  isSafe(scalar: Scalar): boolean {
    return this.of(scalar).isSafe
  }

  /** Whether several others use the value and it is worth a local. */
  isShared(scalar: Scalar): boolean {
    return scalar.kind !== 'constant' && scalar.kind !== 'result' && this.#uses.get(scalar)! > 1
  }

  axesOfIndex({ terms }: Index): Bits {
    let axes = 0
    for (let place = 0; place < terms.length; place++) axes |= this.axesOfAtom(terms[place]!.atom)
    return axes
  }

  axesOfAtom(atom: IndexAtom): Bits {
    // The constructor has seen to it that there are no more axes than a set holds.
    if (atom.kind === 'axis') return 1 << atom.axis
    return atom.kind === 'value' ? this.axesOf(atom.value) : this.axesOfIndex(atom.dividend)
  }

  stepsOfIndex({ terms }: Index): Bits {
    let steps = 0
    for (let place = 0; place < terms.length; place++) steps |= this.stepsOfAtom(terms[place]!.atom)
    return steps
  }

  stepsOfAtom(atom: IndexAtom): Bits {
    if (atom.kind === 'axis') return 0
    return atom.kind === 'value' ? this.stepsOf(atom.value) : this.stepsOfIndex(atom.dividend)
  }

  /** Whether nothing is looked up, so that the index can be computed anywhere. */
  isComputed({ terms }: Index): boolean {
    for (const { atom } of terms)
      if (atom.kind === 'value' || (atom.kind !== 'axis' && !this.isComputed(atom.dividend))) return false
    return true
  }

  /** Whether a load is inside its buffer at every point, even where a guard keeps it from being evaluated. */
  isInBounds({ index, buffer }: Scalar & { readonly kind: 'load' }): boolean {
    const { low, high } = rangeOfIndex(index, this.extents)
    return this.isComputed(index) && low >= 0 && high < this.#surroundings.buffers[buffer]!.size
  }

  /** Whether a value is known to be zero, negative or NaN. */
  isNeverPositive(scalar: Scalar): boolean {
    return isNeverPositive(scalar, this.#surroundings.maxima ?? noMaxima)
  }

  /** Whether the index is never negative. */
  isNatural(index: Index): boolean {
    return rangeOfIndex(index, this.extents).low >= 0
  }

  /** Whether all that varies along an axis is of dtypes that four 32-bit lanes hold. */
  fitsLanes(scalar: Scalar, axis: number): boolean {
    const seen = new Set<Scalar>()
    const axes = bit(axis)
    const visit = (node: Scalar): boolean => {
      if (seen.has(node) || (this.axesOf(node) & axes) === 0) return true
      seen.add(node)
      return hasLanes(node.dtype) && childrenOf(node).every(visit)
    }
    return visit(scalar)
  }

  #learn(scalar: Scalar): NodeFacts {
    const facts = this.#find(scalar)
    this.#known.set(scalar, facts)
    return facts
  }

  #find(scalar: Scalar): NodeFacts {
    switch (scalar.kind) {
      case 'constant':
        return { axes: 0, steps: 0, isSafe: true }
      case 'result':
        return { axes: this.#resultAxes, steps: bit(scalar.step), isSafe: true }
      case 'index':
        return this.#ofIndex(scalar.index)
      case 'load':
        return { ...this.#ofIndex(scalar.index), isSafe: this.isInBounds(scalar) }
      case 'apply': {
        const facts = { axes: 0, steps: 0, isSafe: true }
        for (const operand of scalar.operands) add(facts, this.of(operand))
        return facts
      }
      case 'guard': {
        const facts = { axes: 0, steps: 0, isSafe: true }
        for (const { index } of scalar.conditions) add(facts, this.#ofIndex(index))
        const { axes, steps } = this.of(scalar.value)
        return { axes: facts.axes | axes, steps: facts.steps | steps, isSafe: facts.isSafe }
      }
    }
  }

  #ofIndex(index: Index): NodeFacts {
    return {
      axes: this.axesOfIndex(index),
      steps: this.stepsOfIndex(index),
      isSafe: this.isComputed(index),
    }
  }

  #use(scalar: Scalar): void {
    const uses = (this.#uses.get(scalar) ?? 0) + 1
    this.#uses.set(scalar, uses)
    if (uses === 1) for (const child of childrenOf(scalar)) this.#use(child)
  }
}

const noMaxima: Maxima = new Map()

function add(facts: { axes: Bits; steps: Bits; isSafe: boolean }, { axes, steps, isSafe }: NodeFacts): void {
  facts.axes |= axes
  facts.steps |= steps
  facts.isSafe &&= isSafe
}

/** The loads in some expressions, each once. */
export function loadsIn(roots: readonly Scalar[]): readonly (Scalar & { readonly kind: 'load' })[] {
  return nodesOf(roots).filter((node) => node.kind === 'load')
}
