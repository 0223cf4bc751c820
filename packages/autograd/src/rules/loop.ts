import { bind, isFloating, type LoopName, type Primitives, ScanBody, type Tensor, zerosLike } from '@neurite/tensor'
import { visitInOrder } from '../order.ts'
import type { NodeOf, PullBack, VjpRules } from '../rule.ts'

export const loopRules: VjpRules<LoopName> = {
  // The loop runs back: each step takes what the forward step started from and the dear ones of the values it made, and gives the cotangents of
  // its element and of what it started from. Those of the invariants add up over the steps.
  scan: (c, node, pullBack) => {
    const { body, result: kind, place: differentiated } = node.attributes
    const parts = partsOf(node)
    const { backward, intermediates, sums } = backwardBody(node, c, pullBack)
    const inputs = [
      ...parts.carries.flatMap((carry, place) => {
        if (!isFloat(carry)) return []
        return [kind === 'carry' && place === differentiated ? c : zerosLike(carry)]
      }),
      ...sums.flatMap(({ invariant, isCarried }) => (isCarried ? [zerosLike(invariant)] : [])),
      ...body.carries.map((_, place) => bind('scan', node.inputs, { body, result: 'history', place })),
      ...parts.sequences,
      ...(kind === 'carry' ? [] : [c]),
      ...intermediates.map((place) => bind('scan', node.inputs, { body, result: 'intermediate', place })),
      ...parts.invariants,
    ]
    const result = (of: 'carry' | 'output', place: number): Tensor =>
      bind('scan', inputs, { body: backward, result: of, place })
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
  },
}

interface Parts {
  readonly carries: readonly Tensor[]
  readonly sequences: readonly Tensor[]
  readonly invariants: readonly Tensor[]
}

function partsOf({ inputs, attributes: { body } }: NodeOf<'scan'>): Parts {
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

function backwardBody(node: NodeOf<'scan'>, c: Tensor, pullBack: PullBack): Backward {
  const { body, result, place } = node.attributes
  const carries = body.carries.filter(isFloat)
  const invariants = body.invariants.filter(isFloat)
  const elements = body.elements.filter(isFloat)
  const afterwards = carries.map(leafLike)
  const given = result === 'carry' ? [] : [leafLike({ shape: c.shape.slice(1), dtype: c.dtype })]

  const outputs = body.nextCarries.filter(isFloat)
  const cotangents: Tensor[] = [...afterwards]
  if (result === 'output' || result === 'intermediate') {
    outputs.push((result === 'output' ? body.outputs : body.intermediates)[place]!)
    cotangents.push(given[0]!)
  }
  const found = pullBack([...carries, ...elements, ...invariants], outputs, cotangents)
  const { roots, used } = withGiven(found, body.intermediates)
  const ofCarries = roots.slice(0, carries.length).map((cotangent, i): Tensor => {
    // What a step started from is itself a result.
    return result === 'history' && carries[i] === body.carries[place] ? cotangent.add(given[0]!) : cotangent
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

function leafLike({ shape, dtype }: Pick<Tensor, 'shape' | 'dtype'>): Tensor {
  return bind('input', [], { shape, dtype })
}

function isFloat({ dtype }: Tensor): boolean {
  return isFloating(dtype)
}
