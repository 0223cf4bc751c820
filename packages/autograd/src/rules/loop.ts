import { bind, isFloating, type LoopName, type Primitives, ScanBody, type Tensor, zerosLike } from '@neurite/tensor'
import { leafLike } from '../leaf-like.ts'
import { visitInOrder } from '../order.ts'
import type { PullBack, VjpRules } from '../rule.ts'

export const loopRules: VjpRules<LoopName> = {
  // One result by itself; the walk asks for several of a loop together.
  scan: (cotangent, { inputs, attributes: { body, result, place } }, pullBack) =>
    cotangentsOfLoop(body, inputs, [{ result, place, cotangent }], pullBack),
}

/** The cotangent of one of a loop's results. */
export interface LoopCotangent extends Pick<Primitives['scan'], 'result' | 'place'> {
  readonly cotangent: Tensor
}

/**
 * The cotangents of a loop's inputs, given those of some of its results, by one loop that runs back: each step takes what the forward step
 * started from and the dear ones of the values it made, and gives the cotangents of its element and of what it started from. Those
 * of the invariants add up over the steps.
 */
export function cotangentsOfLoop(
  body: ScanBody,
  inputs: readonly Tensor[],
  results: readonly LoopCotangent[],
  pullBack: PullBack,
): (Tensor | null)[] {
  const parts = partsOf(body, inputs)
  const stacked = results.filter(({ result }) => result !== 'carry')
  const { backward, intermediates, sums } = backwardBody(body, stacked, pullBack)
  const backwardInputs = [
    ...parts.carries.flatMap((carry, place) => {
      if (!isFloat(carry)) return []
      const ofLast = results.filter((one) => one.result === 'carry' && one.place === place)
      return [addUp(ofLast.map(({ cotangent }) => cotangent)) ?? zerosLike(carry)]
    }),
    ...sums.flatMap(({ invariant, isCarried }) => (isCarried ? [zerosLike(invariant)] : [])),
    ...body.carries.map((_, place) => bind('scan', inputs, { body, result: 'history', place })),
    ...parts.sequences,
    ...stacked.map(({ cotangent }) => cotangent),
    ...intermediates.map((place) => bind('scan', inputs, { body, result: 'intermediate', place })),
    ...parts.invariants,
  ]
  const result = (of: 'carry' | 'output', place: number): Tensor =>
    bind('scan', backwardInputs, { body: backward, result: of, place })
  let [carryPlace, outputPlace, sumPlace] = [0, 0, 0]
  return [
    ...parts.carries.map((carry) => (isFloat(carry) ? result('carry', carryPlace++) : null)),
    ...parts.sequences.map((sequence) => (isFloat(sequence) ? result('output', outputPlace++) : null)),
    ...parts.invariants.map((invariant) => {
      if (!isFloat(invariant)) return null
      const sum = sums[sumPlace++]!
      if (sum.isCarried) return result('carry', carryPlace++)
      return sum.overAllSteps(result('output', outputPlace++), result('output', outputPlace++))
    }),
  ]
}

interface Parts {
  readonly carries: readonly Tensor[]
  readonly sequences: readonly Tensor[]
  readonly invariants: readonly Tensor[]
}

function partsOf(body: ScanBody, inputs: readonly Tensor[]): Parts {
  const firstInvariant = body.carries.length + body.elements.length
  return {
    carries: inputs.slice(0, body.carries.length),
    sequences: inputs.slice(body.carries.length, firstInvariant),
    invariants: inputs.slice(firstInvariant),
  }
}

interface Backward {
  readonly backward: ScanBody
  /** Places of the forward intermediates that the steps take. */
  readonly intermediates: readonly number[]
  /** How the cotangents of the invariants that are floats come about, in order. */
  readonly sums: readonly InvariantSum[]
}

/** `stacked`: the cotangents of results that have an element per step. */
function backwardBody(body: ScanBody, stacked: readonly LoopCotangent[], pullBack: PullBack): Backward {
  const carries = body.carries.filter(isFloat)
  const invariants = body.invariants.filter(isFloat)
  const elements = body.elements.filter(isFloat)
  const afterwards = carries.map(leafLike)
  const given = stacked.map(({ cotangent: { shape, dtype } }) => leafLike({ shape: shape.slice(1), dtype }))

  const outputs = body.nextCarries.filter(isFloat)
  const cotangents: Tensor[] = [...afterwards]
  for (const [i, { result, place }] of stacked.entries()) {
    if (result === 'history') continue
    outputs.push((result === 'output' ? body.outputs : body.intermediates)[place]!)
    cotangents.push(given[i]!)
  }
  const found = pullBack([...carries, ...elements, ...invariants], outputs, cotangents)
  const { roots, used } = withGiven(found, body.intermediates)
  const ofCarries = roots.slice(0, carries.length).map((cotangent, i): Tensor => {
    // What a step started from is itself a result.
    const ofStarts = given.filter((_, k) => {
      const { result, place } = stacked[k]!
      return result === 'history' && carries[i] === body.carries[place]
    })
    return addUp([cotangent, ...ofStarts])!
  })
  const ofElements = roots.slice(carries.length, carries.length + elements.length)
  const sums = invariants.map((invariant, i) => sumOf(invariant, roots[carries.length + elements.length + i]!))
  const carried = sums.filter(({ isCarried }) => isCarried)
  const totals = carried.map(({ invariant }) => leafLike(invariant))
  const backward = new ScanBody({
    length: body.length,
    isReversed: !body.isReversed,
    carries: [...afterwards, ...totals],
    // The forward step is computed again from what it started from, but for its intermediates.
    elements: [...body.carries, ...body.elements, ...given, ...used.map(({ leaf }) => leaf)],
    invariants: body.invariants,
    nextCarries: [...ofCarries, ...totals.map((total, i): Tensor => total.add(carried[i]!.ofStep))],
    outputs: [...ofElements, ...sums.flatMap(({ isCarried, factors }) => (isCarried ? [] : factors))],
  })
  return { backward, intermediates: used.map(({ place: number }) => number), sums }
}

/** The roots with leaves in the place of intermediates, and which these are. */
function withGiven(
  roots: readonly Tensor[],
  intermediates: readonly Tensor[],
): { readonly roots: readonly Tensor[]; readonly used: readonly { readonly place: number; readonly leaf: Tensor }[] } {
  const used: { place: number; leaf: Tensor }[] = []
  const copies = new Map<Tensor, Tensor>()
  const places = new Map(intermediates.map((node, place) => [node, place]))
  visitInOrder(
    roots,
    (node) => (places.has(node) ? [] : node.inputs),
    (node) => {
      const place = places.get(node)
      if (place !== undefined) {
        const leaf = leafLike(node)
        used.push({ place, leaf })
        copies.set(node, leaf)
      } else if (node.inputs.every((input) => copies.get(input) === input)) copies.set(node, node)
      else
        copies.set(
          node,
          bind(
            node.primitive,
            node.inputs.map((input) => copies.get(input)!),
            node.attributes,
          ),
        )
    },
  )
  return { roots: roots.map((root) => copies.get(root)!), used }
}

interface InvariantSum {
  readonly invariant: Tensor
  /** The cotangent that one step brings. */
  readonly ofStep: Tensor
  /** Whether it is added up from step to step. */
  readonly isCarried: boolean
  /** Otherwise: what every step multiplies, and their products summed over all steps at once. */
  readonly factors: readonly Tensor[]
  overAllSteps(...stacked: readonly [Tensor, Tensor]): Tensor
}

/** A step's outer product of small factors is better summed by one contraction over all steps. */
function sumOf(invariant: Tensor, ofStep: Tensor): InvariantSum {
  const order = ofStep.primitive === 'permute' ? (ofStep.attributes as Primitives['permute']).order : undefined
  const product = order === undefined ? ofStep : ofStep.inputs[0]!
  const factors = product.inputs
  const areSmall = factors.reduce((size, factor) => size + factor.size, 0) <= 2 * product.size
  const isCarried = product.primitive !== 'contract' || !areSmall
  return {
    ...{ invariant, ofStep, isCarried, factors },
    overAllSteps(left, right) {
      const { batch, over } = product.attributes as Primitives['contract']
      const later = ([a, b]: readonly [number, number]): readonly [number, number] => [a + 1, b + 1]
      const sum = bind('contract', [left, right], { batch: batch.map(later), over: [[0, 0], ...over.map(later)] })
      return order === undefined ? sum : bind('permute', [sum], { order })
    },
  }
}

function addUp(terms: readonly Tensor[]): Tensor | undefined {
  const [first, ...others] = terms
  return first && others.reduce((sum, term) => sum.add(term), first)
}

function isFloat({ dtype }: Tensor): boolean {
  return isFloating(dtype)
}
