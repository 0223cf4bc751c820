import { type Primitives, type Tensor, zerosLike } from '@neurite/tensor'
import { cotangentsOfCall } from './rules/identity.ts'

/** One call of a function with a gradient of its own: the results through which gradients flow. */
interface Call {
  readonly inputs: readonly Tensor[]
  readonly cotangents: Map<number, Tensor>
  /** Results whose turn has not come. */
  waiting: number
}

/**
 * The calls along a walk: the rule of each is applied once, when the cotangents of all its results are known.
 *
 * The walk visits users before inputs, and all results have the same inputs: these come after the last result.
 */
export class CustomCalls {
  readonly #callOf = new Map<Tensor, Call>()

  constructor(path: ReadonlySet<Tensor>) {
    const calls = new Map<object, Call[]>()
    for (const node of path) {
      if (node.primitive !== 'customGradient') continue
      const { call } = node.attributes as Primitives['customGradient']
      const known = calls.get(call) ?? []
      calls.set(call, known)
      let own = known.find(({ inputs }) => inputs.every((input, i) => input === node.inputs[i]))
      if (own === undefined) {
        own = { inputs: node.inputs, cotangents: new Map(), waiting: 0 }
        known.push(own)
      }
      own.waiting++
      this.#callOf.set(node, own)
    }
  }

  /** The cotangents of the call's inputs, if this is the last of its results and there is any cotangent. */
  visit(node: Tensor, cotangent: Tensor | undefined): readonly (Tensor | null)[] | undefined {
    const { call, place } = node.attributes as Primitives['customGradient']
    const own = this.#callOf.get(node)!
    if (cotangent !== undefined) own.cotangents.set(place, own.cotangents.get(place)?.add(cotangent) ?? cotangent)
    if (--own.waiting > 0 || own.cotangents.size === 0) return undefined
    const values = own.inputs.slice(0, call.resultCount)
    return cotangentsOfCall(
      call,
      own.inputs,
      values.map((value, i) => own.cotangents.get(i) ?? zerosLike(value)),
    )
  }
}
