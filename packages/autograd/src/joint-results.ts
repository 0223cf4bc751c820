import { type PrimitiveName, type Primitives, type Tensor, zerosLike } from '@neurite/tensor'
import type { PullBack } from './rule.ts'
import { cotangentsOfCall } from './rules/identity.ts'
import { cotangentsOfLoop } from './rules/loop.ts'

/** What has several results: a call of a function with a gradient of its own, or a loop. Each result is a node with the same inputs. */
interface Joint {
  readonly inputs: readonly Tensor[]
  readonly cotangents: Map<Tensor, Tensor>
  /** Results through which gradients flow and whose turn has not come. */
  waiting: number
}

/**
 * The nodes along a walk that are results of the same call or loop: its rule is applied once, when the cotangents of all of them are known.
 *
 * The walk visits users before inputs, and all results have the same inputs: these come after the last result.
 */
export class JointResults {
  readonly #jointOf = new Map<Tensor, Joint>()

  constructor(path: ReadonlySet<Tensor>) {
    const joints = new Map<object, Joint[]>()
    for (const node of path) {
      const origin = originOf(node)
      if (origin === undefined) continue
      const known = joints.get(origin) ?? []
      joints.set(origin, known)
      let own = known.find(({ inputs }) => inputs.every((input, i) => input === node.inputs[i]))
      if (own === undefined) {
        own = { inputs: node.inputs, cotangents: new Map(), waiting: 0 }
        known.push(own)
      }
      own.waiting++
      this.#jointOf.set(node, own)
    }
  }

  has(node: Tensor): boolean {
    return this.#jointOf.has(node)
  }

  /** The cotangents of all results, if this is the last of them. */
  visit(node: Tensor, cotangent: Tensor | undefined): Cotangents | undefined {
    const own = this.#jointOf.get(node)!
    if (cotangent !== undefined) own.cotangents.set(node, cotangent)
    return --own.waiting > 0 ? undefined : own.cotangents
  }
}

/** Of results of the same call or loop, by node. */
export type Cotangents = ReadonlyMap<Tensor, Tensor>

/** The cotangents of the inputs, given those of one or more results. */
export function cotangentsOfInputs(cotangents: Cotangents, pullBack: PullBack): readonly (Tensor | null)[] {
  const [node] = cotangents.keys()
  return is('scan', node!) ? ofLoop(node, cotangents, pullBack) : ofCall(node as Node<'customGradient'>, cotangents)
}

type Node<P extends PrimitiveName> = Tensor & { readonly attributes: Primitives[P] }

function is<P extends PrimitiveName>(primitive: P, node: Tensor): node is Node<P> {
  return node.primitive === primitive
}

/** What all results of one thing have in common, beside their inputs. */
function originOf(node: Tensor): object | undefined {
  if (is('customGradient', node)) return node.attributes.call
  return is('scan', node) ? node.attributes.body : undefined
}

function ofCall(
  { inputs, attributes: { call } }: Node<'customGradient'>,
  cotangents: Cotangents,
): readonly (Tensor | null)[] {
  const ofResults: Tensor[] = inputs.slice(0, call.resultCount).map(zerosLike)
  const isGiven = new Set<number>()
  for (const [result, cotangent] of cotangents) {
    const { place } = (result as Node<'customGradient'>).attributes
    ofResults[place] = isGiven.has(place) ? ofResults[place]!.add(cotangent) : cotangent
    isGiven.add(place)
  }
  return cotangentsOfCall(call, inputs, ofResults)
}

function ofLoop(
  { inputs, attributes: { body } }: Node<'scan'>,
  cotangents: Cotangents,
  pullBack: PullBack,
): readonly (Tensor | null)[] {
  const results = Array.from(cotangents, ([node, cotangent]) => {
    const { result, place } = (node as Node<'scan'>).attributes
    return { result, place, cotangent }
  })
  return cotangentsOfLoop(body, inputs, results, pullBack)
}
