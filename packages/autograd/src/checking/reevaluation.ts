import {
  type PrimitiveName,
  type Primitives,
  type ReferenceRule,
  referenceRules,
  type Tensor,
  type TypedArray,
} from '@neurite/tensor'
import { visitInOrder } from '../order.ts'

/** A graph evaluated by the reference rules, and again and again with other values of a leaf. */
export class Reevaluation {
  readonly order: readonly Tensor[]
  readonly #root: Tensor
  readonly #values = new Map<Tensor, TypedArray>()

  /** The leaves of the graph must have values. */
  constructor(root: Tensor) {
    const order: Tensor[] = []
    const inputsOf = (node: Tensor): readonly Tensor[] => node.inputs
    visitInOrder([root], inputsOf, (node) => order.push(node))
    this.order = order
    this.#root = root
    for (const node of order) this.#values.set(node, node.inputs.length === 0 ? node.dataSync() : this.#valueOf(node))
  }

  /** The value of a node of the graph. */
  valueOf(node: Tensor): TypedArray {
    return this.#values.get(node)!
  }

  /** The root's value as a function of the leaf's. */
  asFunctionOf(leaf: Tensor): (data: TypedArray) => TypedArray {
    const moving = new Set<Tensor>([leaf])
    for (const node of this.order) if (node.inputs.some((input) => moving.has(input))) moving.add(node)
    return (data) => {
      const values = new Map<Tensor, TypedArray>([[leaf, data]])
      for (const node of moving) if (node !== leaf) values.set(node, this.#valueOf(node, values))
      return values.get(this.#root) ?? this.#values.get(this.#root)!
    }
  }

  #valueOf(node: Tensor, moved: ReadonlyMap<Tensor, TypedArray> = new Map()): TypedArray {
    return applyReference(
      node,
      node.inputs.map((input) => moved.get(input) ?? this.#values.get(input)!),
    )
  }
}

/** A node's value, given those of its inputs. */
export function applyReference(node: Tensor, inputs: readonly TypedArray[]): TypedArray {
  // Primitive and attributes belong together, which TypeScript cannot see once they are in a node.
  const rule = referenceRules[node.primitive] as ReferenceRule<PrimitiveName>
  const values = node.inputs.map(({ shape, dtype }, i) => ({ shape, dtype, data: inputs[i]! }))
  return rule(values, node.attributes as Primitives[PrimitiveName], node)
}
