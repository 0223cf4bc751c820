import { bind, type LoopName, type Primitives, ScanBody, type Tensor } from '@neurite/tensor'
import { visitInOrder } from '../../order.ts'
import type { Batch, BatchOperand, BatchRules } from '../rule.ts'
import { moved } from './axes.ts'

export const loopBatching: BatchRules<LoopName> = {
  // One loop whose steps take all examples.
  scan: (operands, { attributes: { body, result, place } }, batch) => {
    const { batchedBody, isLeafBatched, places } = bodyOverExamples(
      body,
      operands.map(({ isBatched }) => isBatched),
      batch,
    )
    const firstInvariant = body.carries.length + body.elements.length
    const inputs = operands.map((operand, i) => {
      if (!isLeafBatched[i]) return operand.tensor
      const examples = batch.withAxis(operand)
      // The loop runs along the first axis.
      return i >= body.carries.length && i < firstInvariant ? moved(examples, 1, 0) : examples
    })
    const { kind, place: own, isBatched } = places[result][place]!
    const found = bind('scan', inputs, { body: batchedBody, result: kind, place: own })
    if (!isBatched) return batch.withAxis({ tensor: found, isBatched })
    return kind === 'carry' ? found : moved(found, 1, 0)
  },
}

interface Place {
  readonly kind: 'carry' | 'history' | 'output'
  readonly place: number
  readonly isBatched: boolean
}

interface BatchedBody {
  readonly batchedBody: ScanBody
  readonly isLeafBatched: readonly boolean[]
  /** Where each result of the loop stands in the results of this one. */
  readonly places: { readonly [Kind in Primitives['scan']['result']]: readonly Place[] }
}

// One loop for all results, and the same one each time.
const known = new WeakMap<ScanBody, Map<string, BatchedBody>>()

function bodyOverExamples(body: ScanBody, isBatched: readonly boolean[], batch: Batch): BatchedBody {
  const versions = known.get(body) ?? new Map<string, BatchedBody>()
  known.set(body, versions)
  const key = `${batch.size} ${isBatched.map(Number).join('')}`
  const version = versions.get(key) ?? makeBodyOverExamples(body, isBatched, batch)
  versions.set(key, version)
  return version
}

function makeBodyOverExamples(body: ScanBody, isBatched: readonly boolean[], batch: Batch): BatchedBody {
  const isLeafBatched = withCarries(body, isBatched)
  const leaves = body.leaves.map((leaf, i) => (isLeafBatched[i] ? leafOverExamples(leaf, batch) : leaf))
  const found = batch.through(
    body.leaves.filter((_, i) => isLeafBatched[i]),
    leaves.filter((_, i) => isLeafBatched[i]),
    [...body.nextCarries, ...body.outputs, ...body.intermediates],
  )
  const next = found.slice(0, body.carries.length)
  // What an intermediate becomes is an output of the new loop.
  const outputs = found.slice(body.carries.length)
  const [firstElement, firstInvariant] = [body.carries.length, body.carries.length + body.elements.length]
  const carriesAs = (kind: 'carry' | 'history'): Place[] =>
    body.carries.map((_, place) => ({ kind, place, isBatched: isLeafBatched[place]! }))
  const outputPlaces = outputs.map(({ isBatched }, place): Place => ({ kind: 'output', place, isBatched }))
  return {
    batchedBody: new ScanBody({
      length: body.length,
      isReversed: body.isReversed,
      carries: leaves.slice(0, firstElement),
      elements: leaves.slice(firstElement, firstInvariant),
      invariants: leaves.slice(firstInvariant),
      nextCarries: next.map((operand, i) => (isLeafBatched[i] ? batch.withAxis(operand) : operand.tensor)),
      outputs: outputs.map(({ tensor }: BatchOperand) => tensor),
    }),
    isLeafBatched,
    places: {
      carry: carriesAs('carry'),
      history: carriesAs('history'),
      output: outputPlaces.slice(0, body.outputs.length),
      intermediate: outputPlaces.slice(body.outputs.length),
    },
  }
}

/** Which leaves differ among examples: those that do so at the start, and carries that come to do so in some round. */
function withCarries(body: ScanBody, isBatched: readonly boolean[]): readonly boolean[] {
  const found = [...isBatched]
  for (let changed = true; changed; ) {
    const differing = new Set(body.leaves.filter((_, i) => found[i]))
    visitInOrder(
      body.nextCarries,
      (node) => node.inputs,
      (node) => {
        if (node.inputs.some((input) => differing.has(input))) differing.add(node)
      },
    )
    changed = false
    body.nextCarries.forEach((next, i) => {
      if (found[i] || !differing.has(next)) return
      found[i] = true
      changed = true
    })
  }
  return found
}

function leafOverExamples({ shape, dtype }: Tensor, { size }: Batch): Tensor {
  return bind('input', [], { shape: [size, ...shape], dtype })
}
