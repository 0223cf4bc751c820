import {
  ShapeError,
  sameShape,
  settlePendingAssignments,
  showShape,
  type Tensor,
  tensor,
  Variable,
} from '@neurite/tensor'
import { byName, type Collection } from './collection.ts'
import { Hyperparameter } from './hyperparameter.ts'
import { loadVariables } from './saved-state.ts'
import type { Tensors, UpdateRule } from './update-rule.ts'

/** What an optimizer is made of. */
export interface OptimizerDefinition {
  /** For messages. */
  readonly name: string
  /** What `parameters(module)` gives, or any variables. */
  readonly parameters: Collection<Variable>
  readonly learningRate: number
  /** Where steps have one that schedules may set, as that of SGD. */
  readonly momentum?: number | undefined
  readonly rule: UpdateRule
}

type Variables = Readonly<Record<string, Variable>>

/** A parameter, and what the rule keeps for it. */
interface Slot {
  readonly parameter: Variable
  readonly state: Variables
}

/**
 * An update rule applied to parameters, step by step. `SGD`, `Adam`, … are this class with a rule.
 *
 * The learning rate and all state are variables: a compiled training step updates them in place, and a new learning rate compiles
 * nothing anew.
 */
export class Optimizer {
  readonly #name: string
  readonly #rule: UpdateRule
  readonly #slots: ReadonlyMap<string, Slot>
  readonly #shared: Variables
  readonly #learningRate: Hyperparameter
  readonly #momentum: Hyperparameter | undefined

  /** @throws RangeError if a number is negative, Error if there are no parameters, or one has two names. */
  constructor({ name, parameters, learningRate, momentum, rule }: OptimizerDefinition) {
    this.#learningRate = new Hyperparameter(name, 'learningRate', learningRate)
    this.#momentum = momentum === undefined ? undefined : new Hyperparameter(name, 'momentum', momentum)
    this.#name = name
    this.#rule = rule
    const named = byName(parameters)
    checkParameters(name, named)
    const slot = (parameter: Variable): Slot => ({ parameter, state: variablesOf(rule.initialize(parameter.value)) })
    this.#slots = new Map([...named].map(([key, parameter]) => [key, slot(parameter)]))
    this.#shared = variablesOf(rule.initializeShared())
  }

  /** The names of the parameters, in their order. */
  get parameterNames(): readonly string[] {
    return [...this.#slots.keys()]
  }

  /** The factor of every step. Set it between steps, as schedules do. */
  get learningRate(): number {
    return this.#learningRate.value
  }

  set learningRate(learningRate: number) {
    this.#learningRate.value = learningRate
  }

  /** Share of its velocity that a parameter keeps, where the optimizer has velocities; else undefined. Set it as the learning rate. */
  get momentum(): number | undefined {
    return this.#momentum?.value
  }

  set momentum(momentum: number) {
    if (this.#momentum === undefined)
      throw new TypeError(`${this.#name}: there is no momentum to set. Make the optimizer with one?`)
    this.#momentum.value = momentum
  }

  /**
   * Moves every parameter one step against its gradient.
   * @param gradients of the loss, named or ordered like the parameters that the optimizer was made for.
   * @throws Error if a gradient is missing or belongs to no parameter, ShapeError if its shape is not the parameter's.
   */
  step(gradients: Collection<Tensor>): void {
    // Outside compiled functions the step before becomes values now, so that the graph does not grow with every step.
    settlePendingAssignments()
    const gradientOf = byName(gradients)
    this.#check(gradientOf)
    const { shared, scalars } = this.#rule.prepare({
      learningRate: this.#learningRate.variable.value,
      momentum: this.#momentum?.variable.value,
      shared: valuesOf(this.#shared),
    })
    assignAll(this.#shared, shared)
    for (const [key, slot] of this.#slots) {
      const gradient = gradientOf.get(key)!
      const before = { parameter: slot.parameter.value, gradient, state: valuesOf(slot.state), scalars }
      const { parameter, state } = this.#rule.update(before)
      slot.parameter.assign(parameter)
      assignAll(slot.state, state)
    }
  }

  /**
   * All that the optimizer remembers, to go on later as if never stopped: "learningRate", "momentum" where there is one, shared
   * state, "parameter.state".
   */
  stateDict(): Record<string, Tensor> {
    const settings = [...this.#hyperparameters()].map(
      ([name, { value }]) => [name, tensor(value, { dtype: 'float64' })] as const,
    )
    const state = [...this.#stateVariables()].map(([name, variable]) => [name, variable.value] as const)
    return Object.fromEntries([...settings, ...state])
  }

  /**
   * Takes over what `stateDict` of such an optimizer gave.
   * @throws Error naming what is missing or unknown, ShapeError where shapes differ. Nothing is changed then.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>): void {
    const state = new Map(byName(saved))
    const settings = [...this.#hyperparameters()].map(([name, hyperparameter]) => {
      const value = state.get(name)
      if (value === undefined) throw new Error(`${this.#name}: the saved state lacks ${name}.`)
      state.delete(name)
      return [hyperparameter, value] as const
    })
    loadVariables(this.#name, this.#stateVariables(), state)
    for (const [hyperparameter, value] of settings) hyperparameter.value = value.itemSync()
  }

  #hyperparameters(): ReadonlyMap<string, Hyperparameter> {
    const momentum = this.#momentum === undefined ? [] : ([['momentum', this.#momentum]] as const)
    return new Map([['learningRate', this.#learningRate], ...momentum])
  }

  #stateVariables(): ReadonlyMap<string, Variable> {
    const ofParameters = [...this.#slots].flatMap(([key, { state }]) =>
      Object.entries(state).map(([name, variable]) => [`${key}.${name}`, variable] as const),
    )
    return new Map([...Object.entries(this.#shared), ...ofParameters])
  }

  #check(gradients: ReadonlyMap<string, Tensor>): void {
    const fix = 'Give the optimizer and `gradients` the same collection, such as parameters(model).'
    for (const key of gradients.keys())
      if (!this.#slots.has(key)) throw new Error(`${this.#name}: gradient "${key}" belongs to no parameter. ${fix}`)
    for (const [key, { parameter }] of this.#slots) {
      const gradient = gradients.get(key)
      if (gradient === undefined) throw new Error(`${this.#name}: parameter "${key}" has no gradient. ${fix}`)
      if (!sameShape(gradient.shape, parameter.shape))
        throw new ShapeError(
          `${this.#name}: the gradient of "${key}" is ${showShape(gradient.shape)}, the parameter ${showShape(parameter.shape)}.`,
        )
    }
  }
}

function checkParameters(optimizer: string, parameters: ReadonlyMap<string, Variable>): void {
  if (parameters.size === 0) throw new Error(`${optimizer}: there are no parameters to optimize.`)
  const names = new Map<Variable, string>()
  for (const [name, parameter] of parameters) {
    const before = names.get(parameter)
    if (before !== undefined)
      throw new Error(
        `${optimizer}: parameters "${before}" and "${name}" are the same variable, which would move twice.`,
      )
    names.set(parameter, name)
  }
}

function variablesOf(tensors: Tensors): Variables {
  return mapValues(tensors, (initial) => new Variable(initial))
}

function valuesOf(variables: Variables): Tensors {
  return mapValues(variables, (variable) => variable.value)
}

function assignAll(variables: Variables, values: Tensors): void {
  for (const [name, variable] of Object.entries(variables)) variable.assign(values[name]!)
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
