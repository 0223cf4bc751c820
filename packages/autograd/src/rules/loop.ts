import { bind, isFloating, type LoopName, ScanBody, type Tensor, zerosLike } from '@neurite/tensor'
import type { NodeOf, PullBack, VjpRules } from '../rule.ts'

export const loopRules: VjpRules<LoopName> = {
  // The loop runs back: each step takes what the forward step started from, and gives the cotangents of its element and of
  // what it started from; those of the invariants add up.
  scan: (c, node, pullBack) => {
    const { body, result: kind, place: differentiated } = node.attributes
    const parts = partsOf(node)
    const carryCount = parts.carries.filter(isFloat).length
    const backward = backwardBody(node, c, pullBack)
    const inputs = [
      ...parts.carries.flatMap((carry, place) => {
        if (!isFloat(carry)) return []
        return [kind === 'carry' && place === differentiated ? c : zerosLike(carry)]
      }),
      ...parts.invariants.filter(isFloat).map(zerosLike),
      ...body.carries.map((_, place) => bind('scan', node.inputs, { body, result: 'history', place })),
      ...parts.sequences,
      ...(kind === 'carry' ? [] : [c]),
      ...parts.invariants,
    ]
    const result = (of: 'carry' | 'output', place: number): Tensor =>
      bind('scan', inputs, { body: backward, result: of, place })
    let [carryPlace, outputPlace] = [0, 0]
    let invariantPlace = carryCount
    return [
      ...parts.carries.map((carry) => (isFloat(carry) ? result('carry', carryPlace++) : null)),
      ...parts.sequences.map((sequence) => (isFloat(sequence) ? result('output', outputPlace++) : null)),
      ...parts.invariants.map((invariant) => (isFloat(invariant) ? result('carry', invariantPlace++) : null)),
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

function backwardBody(node: NodeOf<'scan'>, c: Tensor, pullBack: PullBack): ScanBody {
  const { body, result, place } = node.attributes
  const carries = body.carries.filter(isFloat)
  const invariants = body.invariants.filter(isFloat)
  const elements = body.elements.filter(isFloat)
  const afterwards = carries.map(leafLike)
  const sums = invariants.map(leafLike)
  const given = result === 'carry' ? [] : [leafLike({ shape: c.shape.slice(1), dtype: c.dtype })]

  const outputs = body.nextCarries.filter(isFloat)
  const cotangents: Tensor[] = [...afterwards]
  if (result === 'output') {
    outputs.push(body.outputs[place]!)
    cotangents.push(given[0]!)
  }
  const targets = [...carries, ...invariants, ...elements]
  const found = pullBack(targets, outputs, cotangents)
  const ofCarries = found.slice(0, carries.length).map((cotangent, i): Tensor => {
    // What a step started from is itself a result.
    return result === 'history' && carries[i] === body.carries[place] ? cotangent.add(given[0]!) : cotangent
  })
  const ofInvariants = found.slice(carries.length, carries.length + invariants.length)
  return new ScanBody({
    length: body.length,
    isReversed: !body.isReversed,
    carries: [...afterwards, ...sums],
    // The forward step is computed again from what it started from.
    elements: [...body.carries, ...body.elements, ...given],
    invariants: body.invariants,
    nextCarries: [...ofCarries, ...sums.map((sum, i): Tensor => sum.add(ofInvariants[i]!))],
    outputs: found.slice(carries.length + invariants.length),
  })
}

function leafLike({ shape, dtype }: Pick<Tensor, 'shape' | 'dtype'>): Tensor {
  return bind('input', [], { shape, dtype })
}

function isFloat({ dtype }: Tensor): boolean {
  return isFloating(dtype)
}
