import { concatenate, ShapeError, sameShape, showShape, type Tensor, tensor, type Variable } from '@neurite/tensor'
import { checkNotNegative } from '../argument-checks.ts'
import { byName, type Collection } from '../collection.ts'
import { type CurvaturePair, quasiNewtonDirection } from './curvature.ts'
import { type LinePoint, strongWolfe } from './line-search.ts'
import { loadMemory, type Memory, savedMemory } from './memory.ts'
import { dot, largest, plusMultiple, scaled } from './vectors.ts'

export interface LBFGSOptions {
  /** Factor of every step; with a line search only where that begins. Default 1. */
  readonly learningRate?: number
  /** How far to go along a direction: 'strongWolfe' (default) looks for a good distance, 'none' goes the learning rate. */
  readonly lineSearch?: 'strongWolfe' | 'none'
  /** Iterations of a call of `step`. Default 20. */
  readonly iterations?: number
  /** Evaluations of a call of `step`. Default 1.25 times the iterations. */
  readonly evaluations?: number
  /** Steps that the approximation of the Hessian remembers. Default 100. */
  readonly history?: number
  /** It ends where no element of the gradient is larger. Default 1e-7. */
  readonly gradientTolerance?: number
  /** It ends where loss and parameters change no more. Default 1e-9. */
  readonly changeTolerance?: number
}

/** The loss of the present parameters, and its gradients. */
export interface Evaluation {
  readonly loss: Tensor
  readonly gradients: Collection<Tensor>
}

const defaults: Required<LBFGSOptions> = {
  learningRate: 1,
  lineSearch: 'strongWolfe',
  iterations: 20,
  evaluations: 25,
  history: 100,
  gradientTolerance: 1e-7,
  changeTolerance: 1e-9,
}

/**
 * Limited-memory BFGS (Liu & Nocedal 1989): Newton's method with a Hessian approximated by the last steps. For small problems and
 * whole data sets, where it needs far fewer evaluations than gradient descent; the loss must be the same function at every call.
 *
 * A step evaluates the loss several times, so it takes the function and not gradients. Its arithmetic is float64 on the host.
 */
export class LBFGS {
  readonly #parameters: ReadonlyMap<string, Variable>
  readonly #settings: Required<LBFGSOptions>
  #memory: Memory = { pairs: [] }

  /** @throws RangeError if an option is negative, Error if there are no parameters. */
  constructor(parameters: Collection<Variable>, options: LBFGSOptions = {}) {
    const { iterations = defaults.iterations } = options
    const settings = { ...defaults, evaluations: Math.floor(iterations * 1.25), ...options }
    const { lineSearch, ...numbers } = settings
    checkNotNegative('LBFGS', numbers)
    if (lineSearch !== 'strongWolfe' && lineSearch !== 'none')
      throw new RangeError(`LBFGS: lineSearch is '${lineSearch}'; it must be 'strongWolfe' or 'none'.`)
    this.#parameters = byName(parameters)
    if (this.#parameters.size === 0) throw new Error('LBFGS: there are no parameters to optimize.')
    this.#settings = settings
  }

  /**
   * Iterates until nothing changes, or as often as the options say.
   * @param evaluate gives loss and gradients of the parameters as they are.
   * @returns The loss before the step.
   * @throws Error if a gradient is missing.
   */
  async step(evaluate: () => Evaluation): Promise<number> {
    const { iterations, evaluations, gradientTolerance, changeTolerance } = this.#settings
    let count = 0
    let position = await this.#read(this.#parameters)
    const evaluateAt = async (place: Float64Array): Promise<{ loss: number; gradient: Float64Array }> => {
      count++
      this.#assign(place)
      const { loss, gradients } = evaluate()
      return { gradient: await this.#read(byName(gradients)), loss: await loss.item() }
    }
    let current = await evaluateAt(position)
    const before = current.loss
    for (let iteration = 0; iteration < iterations && count < evaluations; iteration++) {
      if (largest(current.gradient) <= gradientTolerance) break
      const direction = this.#direction(current.gradient)
      const start: LinePoint = { ...current, distance: 0, slope: dot(current.gradient, direction) }
      if (start.slope > -changeTolerance) break
      const evaluateAlong = async (distance: number): Promise<LinePoint> => {
        const found = await evaluateAt(plusMultiple(position, distance, direction))
        return { ...found, distance, slope: dot(found.gradient, direction) }
      }
      const end = await this.#search(start, direction, evaluateAlong)
      position = plusMultiple(position, end.distance, direction)
      this.#remember(current.gradient, scaled(direction, end.distance))
      const change = Math.abs(end.loss - current.loss)
      current = end
      if (end.distance * largest(direction) <= changeTolerance || change < changeTolerance) break
    }
    this.#assign(position)
    return before
  }

  /** The last steps and gradients, to go on later as if never stopped. */
  stateDict(): Record<string, Tensor> {
    return savedMemory(this.#memory)
  }

  /**
   * Takes over what `stateDict` gave.
   * @throws Error if something is missing, ShapeError if it belongs to other parameters.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>): void {
    const size = [...this.#parameters.values()].reduce((sum, { value }) => sum + value.size, 0)
    this.#memory = loadMemory(byName(saved), size)
  }

  /** The pair of the step before is complete only now that the gradient behind it is known. */
  #direction(gradient: Float64Array): Float64Array {
    const { last, pairs } = this.#memory
    if (last === undefined) return scaled(gradient, -1)
    const pair: CurvaturePair = { step: last.step, change: plusMultiple(gradient, -1, last.gradient) }
    // A change that does not point along the step would make the approximation indefinite.
    const isUseful = dot(pair.change, pair.step) > 1e-10
    const kept = isUseful ? [...pairs, pair].slice(-this.#settings.history) : pairs
    this.#memory = { pairs: kept, last }
    return quasiNewtonDirection(gradient, kept)
  }

  #remember(gradient: Float64Array, step: Float64Array): void {
    this.#memory = { pairs: this.#memory.pairs, last: { gradient, step } }
  }

  #search(
    start: LinePoint,
    direction: Float64Array,
    evaluate: (distance: number) => Promise<LinePoint>,
  ): Promise<LinePoint> {
    const { learningRate, lineSearch, changeTolerance } = this.#settings
    const size = start.gradient.reduce((sum, value) => sum + Math.abs(value), 0)
    // The very first direction has no scale yet.
    const firstDistance = this.#memory.last === undefined ? Math.min(1, 1 / size) * learningRate : learningRate
    if (lineSearch === 'none') return evaluate(firstDistance)
    return strongWolfe({ start, firstDistance, evaluate, shortest: changeTolerance / largest(direction) })
  }

  /** All elements of tensors or variables named like the parameters, one after the other. */
  async #read(named: ReadonlyMap<string, Tensor | Variable>): Promise<Float64Array> {
    const flat = [...this.#parameters].map(([name, { shape }]) => {
      const found = named.get(name)
      if (found === undefined) throw new Error(`LBFGS: parameter "${name}" has no gradient.`)
      const value: Tensor = 'assign' in found ? found.value : found
      if (!sameShape(value.shape, shape))
        throw new ShapeError(
          `LBFGS: the gradient of "${name}" is ${showShape(value.shape)}, the parameter ${showShape(shape)}.`,
        )
      return value.flatten()
    })
    return Float64Array.from(await concatenate(flat, 0).data())
  }

  #assign(position: Float64Array): void {
    let offset = 0
    for (const variable of this.#parameters.values()) {
      const { size } = variable.value
      const part = position.subarray(offset, offset + size)
      variable.assign(tensor(part, { shape: variable.shape, dtype: variable.dtype }) as Tensor)
      offset += size
    }
  }
}
