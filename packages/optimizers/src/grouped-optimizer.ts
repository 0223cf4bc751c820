import type { Tensor } from '@neurite/tensor'
import { byName, type Collection } from './collection.ts'
import type { Optimizer } from './optimizer.ts'

/**
 * Groups of parameters that are updated in different ways: each by an optimizer of its own, with its own options and even its own
 * rule. It steps, saves and loads as one optimizer does; schedules take its `groups`.
 */
export class GroupedOptimizer {
  readonly groups: readonly Optimizer[]

  /** @throws Error if there are no groups, or two have a parameter of one name. */
  constructor(groups: readonly Optimizer[]) {
    if (groups.length === 0) throw new Error('GroupedOptimizer: there are no groups.')
    const seen = new Set<string>()
    for (const name of groups.flatMap((group) => group.parameterNames)) {
      if (seen.has(name)) throw new Error(`GroupedOptimizer: parameter "${name}" belongs to two groups.`)
      seen.add(name)
    }
    this.groups = groups
  }

  /** The names of the parameters, group by group. */
  get parameterNames(): readonly string[] {
    return this.groups.flatMap((group) => group.parameterNames)
  }

  /**
   * Moves every parameter one step against its gradient.
   * @throws Error if a gradient is missing or belongs to no parameter, ShapeError if its shape is not the parameter's.
   */
  step(gradients: Collection<Tensor>): void {
    const given = byName(gradients)
    const known = new Set(this.parameterNames)
    for (const name of given.keys())
      if (!known.has(name)) throw new Error(`GroupedOptimizer: gradient "${name}" belongs to no parameter.`)
    for (const group of this.groups) group.step(partOf(given, group.parameterNames))
  }

  /** All that the optimizers remember: "0.learningRate", "1.weight.firstMoment", … */
  stateDict(): Record<string, Tensor> {
    const entries = this.groups.flatMap((group, place) =>
      Object.entries(group.stateDict()).map(([name, value]) => [`${place}.${name}`, value] as const),
    )
    return Object.fromEntries(entries)
  }

  /**
   * Takes over what `stateDict` of such an optimizer gave.
   * @throws Error naming what is missing or unknown, ShapeError where shapes differ.
   */
  loadStateDict(saved: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>): void {
    const parts = this.groups.map(() => new Map<string, Tensor>())
    for (const [name, value] of byName(saved)) {
      const [, place, own] = /^(\d+)\.(.+)$/s.exec(name) ?? []
      const part = parts[Number(place)]
      if (part === undefined || own === undefined)
        throw new Error(`GroupedOptimizer: saved "${name}" belongs to none of the ${parts.length} groups.`)
      part.set(own, value)
    }
    for (const [place, group] of this.groups.entries()) group.loadStateDict(parts[place]!)
  }
}

function partOf(gradients: ReadonlyMap<string, Tensor>, names: readonly string[]): ReadonlyMap<string, Tensor> {
  return new Map(names.flatMap((name) => (gradients.has(name) ? [[name, gradients.get(name)!] as const] : [])))
}
