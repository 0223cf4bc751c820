import { bind, isFloating, type LoopName, type Primitives, ScanBody, type Tensor, zerosLike } from '@neurite/tensor'
import { leafLike } from '../../leaf-like.ts'
import type { JvpRules, PushForward } from '../rule.ts'

export const loopTangents: JvpRules<LoopName> = {
  // The same loop, whose steps carry the tangents along.
  scan: (tangents, { inputs, attributes: { body, result, place } }, pushForward) => {
    const moves = tangents.map(
      (tangent, i) => tangent !== undefined || (i < body.carries.length && isFloat(inputs[i]!)),
    )
    const both = bodyWithTangents(body, moves, pushForward)
    const [carryCount, elementCount] = [body.carries.length, body.elements.length]
    const between = (start: number, stop?: number): Tensor[] => [
      ...inputs.slice(start, stop),
      ...tangents.flatMap((tangent, i) =>
        i >= start && i < (stop ?? inputs.length) && moves[i] ? [tangent ?? zerosLike(inputs[i]!)] : [],
      ),
    ]
    const all = [
      ...between(0, carryCount),
      ...between(carryCount, carryCount + elementCount),
      ...between(carryCount + elementCount),
    ]
    const found = both.places[result][place]
    if (found === undefined) return undefined
    // An intermediate's tangent is an output of the new loop.
    const kind = result === 'intermediate' ? 'output' : result
    return bind('scan', all, { body: both.body, result: kind, place: found })
  },
}

interface BodyWithTangents {
  readonly body: ScanBody
  /** Where the tangent of each result of the loop stands in the results of this one; `undefined` if it does not move. */
  readonly places: { readonly [Kind in Primitives['scan']['result']]: readonly (number | undefined)[] }
}

// One loop for all results, and the same one each time.
const known = new WeakMap<ScanBody, Map<string, BodyWithTangents>>()

/** @param moves which of the loop's inputs have tangents: all carries that are floats, and any others. */
function bodyWithTangents(body: ScanBody, moves: readonly boolean[], pushForward: PushForward): BodyWithTangents {
  const versions = known.get(body) ?? new Map<string, BodyWithTangents>()
  known.set(body, versions)
  const key = moves.map(Number).join('')
  const version = versions.get(key) ?? makeBodyWithTangents(body, moves, pushForward)
  versions.set(key, version)
  return version
}

function makeBodyWithTangents(body: ScanBody, moves: readonly boolean[], pushForward: PushForward): BodyWithTangents {
  const leaves = body.leaves
  const tangentOf = new Map(leaves.flatMap((leaf, i) => (moves[i] ? [[leaf, leafLike(leaf)] as const] : [])))
  const withTangents = (some: readonly Tensor[]): Tensor[] => [
    ...some,
    ...some.flatMap((leaf) => tangentOf.get(leaf) ?? []),
  ]
  const results = [...body.nextCarries, ...body.outputs, ...body.intermediates]
  const found = pushForward([...tangentOf.keys()], [...tangentOf.values()], results)
  const ofNext = found.slice(0, body.carries.length)
  const ofOutputs = found.slice(body.carries.length)
  const nextTangents = body.carries.flatMap((carry, i) => (tangentOf.has(carry) ? [ofNext[i] ?? zerosLike(carry)] : []))
  const outputPlaces = placesOfThose(ofOutputs, body.outputs.length)
  const carryPlaces = placesOfThose(
    body.carries.map((carry) => tangentOf.get(carry)),
    body.carries.length,
  )
  return {
    body: new ScanBody({
      length: body.length,
      isReversed: body.isReversed,
      carries: withTangents(body.carries),
      elements: withTangents(body.elements),
      invariants: withTangents(body.invariants),
      nextCarries: [...body.nextCarries, ...nextTangents],
      outputs: [...body.outputs, ...ofOutputs.filter((tangent) => tangent !== undefined)],
    }),
    places: {
      carry: carryPlaces,
      history: carryPlaces,
      output: outputPlaces.slice(0, body.outputs.length),
      intermediate: outputPlaces.slice(body.outputs.length),
    },
  }
}

/** Consecutive places from `first` on for those that are there. */
function placesOfThose(tangents: readonly (Tensor | undefined)[], first: number): readonly (number | undefined)[] {
  let next = first
  return tangents.map((tangent) => (tangent === undefined ? undefined : next++))
}

function isFloat({ dtype }: Tensor): boolean {
  return isFloating(dtype)
}
