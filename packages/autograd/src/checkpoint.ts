import {
  bind,
  type CaptureScope,
  CustomGradient,
  captureIn,
  captureScope,
  type Flag,
  isFloating,
  putTogether,
  type Tensor,
  takeApart,
  type Variable,
} from '@neurite/tensor'
import { leafLike } from './leaf-like.ts'
import { visitInOrder } from './order.ts'
import { substitute } from './substitute.ts'
import { cotangentsOf } from './walk.ts'

/**
 * The same function, whose intermediate results are not kept for the gradient: it computes them again when the gradient needs them, from
 * the arguments (Chen, Xu, Zhang & Guestrin 2016). Values and gradients stay what they are; a deep stack of such functions needs memory
 * for their arguments and the inside of one of them, for about a third more arithmetic.
 *
 *     const block = checkpoint((x) => layer.forward(x))
 *
 * `f` is called once a call, on tensors without values. Arguments and results are tensors, also in lists, records and maps; gradients flow to the
 * arguments, to variables that `f` reads and to tensors that it closes over. Random numbers are the same both times, and assignments (running
 * statistics) happen once.
 */
export function checkpoint<Args extends readonly unknown[], Out>(f: (...args: Args) => Out): (...args: Args) => Out {
  return (...args) => {
    const given: Tensor[] = []
    const structure = takeApart(args, given)
    const leaves = given.map(leafLike)
    let next = 0
    const scope = new CheckpointScope(captureScope())
    const value = captureIn(scope, () => f(...(putTogether(structure, () => leaves[next++]!) as Args)))
    if (value instanceof Promise) {
      value.catch(() => {})
      throw new Error('checkpoint: the function is asynchronous. It must build its results at once.')
    }
    const results: Tensor[] = []
    const resultStructure = takeApart(value, results)
    const assigned = [...scope.assignments.values()]

    const variables = [...scope.reads.keys()]
    const sources = [...leaves, ...variables.map((variable) => scope.reads.get(variable)!)]
    const closed = closedOver(sources, [...results, ...assigned])
    const inside = [...sources, ...closed]
    const actual = [...given, ...variables.map((variable) => variable.value as Tensor), ...closed]
    const forward = substitute([...results, ...assigned], pairs(inside, actual))
    const values = forward.slice(0, results.length)
    for (const [i, variable] of [...scope.assignments.keys()].entries())
      variable.assign(forward[results.length + i]! as never)

    const call = new CustomGradient(results.length, (cotangents, _, kept) => {
      // Nothing of the inside can be computed, or be taken from the first time, before the cotangents are there.
      const behind = kept.map((tensor) => bind('barrier', [tensor, ...cotangents], {}))
      const again = substitute(results, pairs(inside, behind))
      const floats = behind.filter(({ dtype }) => isFloating(dtype))
      const flows = again.map(({ dtype }) => isFloating(dtype))
      const found = cotangentsOf(
        floats,
        again.filter((_, i) => flows[i]),
        cotangents.filter((_, i) => flows[i]),
      )
      let place = 0
      return behind.map(({ dtype }) => (isFloating(dtype) ? found[place++]! : null))
    })
    const inputs = [...values, ...actual]
    let place = 0
    return putTogether(resultStructure, () => bind('customGradient', inputs, { call, place: place++ })) as Out
  }
}

/** What the graph uses that depends on none of the sources, and is no mere constant. */
function closedOver(sources: readonly Tensor[], roots: readonly Tensor[]): readonly Tensor[] {
  const moving = new Set(sources)
  const closed = new Set<Tensor>()
  const isSource = new Set(sources)
  visitInOrder(
    roots,
    (node) => (isSource.has(node) ? [] : node.inputs),
    (node) => {
      if (!node.inputs.some((input) => moving.has(input))) return
      moving.add(node)
      for (const input of node.inputs) if (!moving.has(input) && !isConstant(input)) closed.add(input)
    },
  )
  return [...closed]
}

function isConstant({ primitive }: Tensor): boolean {
  return primitive === 'constant' || primitive === 'iota'
}

/** Variables are read as arguments of the function, so that what is computed from them alone is not kept either. */
class CheckpointScope implements CaptureScope {
  readonly reads = new Map<Variable, Tensor>()
  readonly assignments = new Map<Variable, Tensor>()
  readonly #outer: CaptureScope | undefined

  constructor(outer: CaptureScope | undefined) {
    this.#outer = outer
  }

  readVariable(variable: Variable): Tensor {
    const assigned = this.assignments.get(variable)
    if (assigned !== undefined) return assigned
    const leaf = this.reads.get(variable) ?? leafLike(variable)
    this.reads.set(variable, leaf)
    return leaf
  }

  assignVariable(variable: Variable, next: Tensor): void {
    this.assignments.set(variable, next)
  }

  readFlag(flag: Flag): void {
    this.#outer?.readFlag(flag)
  }
}

function pairs(keys: readonly Tensor[], values: readonly Tensor[]): ReadonlyMap<Tensor, Tensor> {
  return new Map(keys.map((key, i) => [key, values[i]!]))
}
