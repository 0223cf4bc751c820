import { tensor, Variable } from '@neurite/tensor'
import { checkNotNegative } from './argument-checks.ts'

/** A number that may be set between steps. Programs read it as a variable, so that a new value compiles nothing anew. */
export class Hyperparameter {
  readonly #optimizer: string
  readonly #name: string
  readonly variable: Variable<[], 'float32'>
  #value: number

  /** @throws RangeError if the value is negative. */
  constructor(optimizer: string, name: string, value: number) {
    checkNotNegative(optimizer, { [name]: value })
    this.#optimizer = optimizer
    this.#name = name
    this.#value = value
    this.variable = new Variable(tensor(value))
  }

  get value(): number {
    return this.#value
  }

  set value(value: number) {
    checkNotNegative(this.#optimizer, { [this.#name]: value })
    this.#value = value
    this.variable.assign(tensor(value))
  }
}
