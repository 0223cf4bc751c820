import { compile } from '@neurite/compiler'
import type { Tensor } from '@neurite/tensor'
import { checkCount } from '../patterns/argument-checks.ts'
import { matrix, type Pattern, type Patterns, readPattern, readPatterns } from '../patterns/pattern.ts'
import { readClasses } from './labelled-rows.ts'

/**
 * k nearest neighbours: the class that most of the k nearest examples have (Fix & Hodges 1951; Cover & Hart 1967). The classical counterpart of the multi-layer
 * perceptron. Among classes with equal votes the one of the nearest example among them wins.
 */
export class KNearestNeighbours {
  readonly neighbours: number
  readonly #examples: Tensor
  readonly #classes: readonly number[]
  readonly #inputs: number

  /**
   * @param neighbours k
   * @throws RangeError or ShapeError if k is not a positive integer or more than there are examples, or patterns and classes do not fit.
   */
  constructor(patterns: Patterns, classes: ArrayLike<number>, neighbours = 1) {
    const rows = readPatterns('KNearestNeighbours', patterns, 'real', undefined)
    checkCount('KNearestNeighbours', 'neighbours', neighbours)
    if (neighbours > rows.count)
      throw new RangeError(`KNearestNeighbours: ${neighbours} neighbours of ${rows.count} examples.`)
    this.neighbours = neighbours
    this.#classes = readClasses('KNearestNeighbours', rows, classes)
    this.#examples = matrix(rows)
    this.#inputs = rows.size
  }

  classify(pattern: Pattern): number {
    const x = readPattern('KNearestNeighbours', pattern, 'real', this.#inputs)
    return this.classifyAll([x])[0]!
  }

  /** The classes of many patterns [P, N]. */
  classifyAll(patterns: Patterns): number[] {
    const rows = readPatterns('KNearestNeighbours', patterns, 'real', this.#inputs)
    const distances = squaredDistances(this.#examples, matrix(rows)).dataSync()
    const count = this.#classes.length
    return Array.from({ length: rows.count }, (_, row) => {
      const own = distances.subarray(row * count, (row + 1) * count)
      const nearest = [...own.keys()].sort((i, j) => own[i]! - own[j]! || i - j).slice(0, this.neighbours)
      return mostFrequent(nearest.map((example) => this.#classes[example]!))
    })
  }
}

/** Between each row and each example: [P, examples]. */
const squaredDistances = /* @__PURE__ */ compile((examples: Tensor, x: Tensor): Tensor => {
  const differences: Tensor = x.unsqueeze(1).subtract(examples)
  return differences.square().sum(2) as Tensor
})

/** Of equally frequent values the one that comes first. */
function mostFrequent(values: readonly number[]): number {
  const votes = new Map<number, number>()
  for (const value of values) votes.set(value, (votes.get(value) ?? 0) + 1)
  const most = Math.max(...votes.values())
  return values.find((value) => votes.get(value) === most)!
}
