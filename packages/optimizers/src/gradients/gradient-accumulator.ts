import { type Tensor, tensor, Variable, zeros } from '@neurite/tensor'
import { byName, type Collection } from '../collection.ts'

/**
 * Adds up the gradients of several batches, to step once with their mean: large batches in little memory.
 *
 * Sums are variables, so a compiled step updates them in place.
 */
export class GradientAccumulator {
  readonly #sums: ReadonlyMap<string, Variable>
  readonly #count: Variable<[], 'int32'> = new Variable(tensor(0, { dtype: 'int32' }))

  /** @param parameters whose gradients come: what the optimizer was made for. */
  constructor(parameters: Collection<Variable>) {
    const named = [...byName(parameters)]
    this.#sums = new Map(named.map(([name, { shape, dtype }]) => [name, new Variable(zeros(shape, dtype) as Tensor)]))
  }

  /** @throws Error if a gradient is missing or belongs to no parameter. */
  add(gradients: Collection<Tensor>): void {
    const given = byName(gradients)
    for (const name of given.keys())
      if (!this.#sums.has(name)) throw new Error(`GradientAccumulator: gradient "${name}" belongs to no parameter.`)
    for (const [name, sum] of this.#sums) {
      const gradient = given.get(name)
      if (gradient === undefined) throw new Error(`GradientAccumulator: parameter "${name}" has no gradient.`)
      sum.assign(sum.value.add(gradient))
    }
    const count: Tensor = this.#count.value.add(1)
    this.#count.assign(count as Tensor<[], 'int32'>)
  }

  /** The mean of what has been added, by name; NaN if nothing has. Starts from nothing again. */
  take(): ReadonlyMap<string, Tensor> {
    const count: Tensor = this.#count.value
    const means = [...this.#sums].map(([name, sum]) => [name, sum.value.divide(count.cast(sum.dtype))] as const)
    for (const sum of this.#sums.values()) sum.assign(zeros(sum.shape, sum.dtype) as Tensor)
    this.#count.assign(tensor(0, { dtype: 'int32' }))
    return new Map(means)
  }
}
