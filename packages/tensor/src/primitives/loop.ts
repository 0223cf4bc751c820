import { allocate, type TypedArray } from '../dtype.ts'
import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type {
  ArrayValue,
  LoopName,
  PrimitiveName,
  Primitives,
  ReferenceRule,
  ReferenceRules,
  ShapeRules,
  TensorType,
} from '../primitive.ts'
import { type ScanBody, stepNodes } from '../scan-body.ts'
import { sameShape, sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

export const loopShapes: ShapeRules<LoopName> = {
  scan: (inputs, { body, result, place }) => {
    body.leaves.forEach((leaf, i) => {
      const isSequence = i >= body.carries.length && i < body.carries.length + body.elements.length
      checkInput(inputs[i], { shape: isSequence ? [body.length, ...leaf.shape] : leaf.shape, dtype: leaf.dtype })
    })
    const { shape, dtype } = resultIn(body, result)[place]!
    return { shape: result === 'carry' ? shape : [body.length, ...shape], dtype }
  },
}

/** The nodes of a step that results of a kind are about. */
function resultIn(body: ScanBody, result: Primitives['scan']['result']): readonly Tensor[] {
  switch (result) {
    case 'carry':
    case 'history':
      return body.carries
    case 'output':
      return body.outputs
    case 'intermediate':
      return body.intermediates
  }
}

function checkInput(found: TensorType | undefined, wanted: TensorType): void {
  if (found?.dtype !== wanted.dtype) throw new DTypeError(`scan: an input is ${found?.dtype}, not ${wanted.dtype}.`)
  if (!sameShape(found.shape, wanted.shape))
    throw new ShapeError(`scan: an input has shape ${showShape(found.shape)}, not ${showShape(wanted.shape)}.`)
}

/** The loop as it reads: step after step. `rules` are those of the primitives in the body. */
export function loopReference(rules: () => ReferenceRules): ReferenceRules<LoopName> {
  return {
    scan: (inputs, { body, result, place }, output) => {
      const [carryCount, elementCount] = [body.carries.length, body.elements.length]
      const sequences = inputs.slice(carryCount, carryCount + elementCount)
      const invariants = inputs.slice(carryCount + elementCount)
      const order = stepNodes(body)
      const rows = allocate(output.dtype, sizeOf(output.shape))
      const rowSize = result === 'carry' ? 0 : sizeOf(output.shape.slice(1))
      let carries = inputs.slice(0, carryCount).map(({ data }) => data)
      for (let step = 0; step < body.length; step++) {
        const position = body.isReversed ? body.length - 1 - step : step
        const elements = sequences.map((sequence) => elementOf(sequence, position))
        const values = new Map<Tensor, TypedArray>()
        const given = [...carries, ...elements, ...invariants.map(({ data }) => data)]
        body.leaves.forEach((leaf, i) => {
          values.set(leaf, given[i]!)
        })
        for (const node of order) values.set(node, apply(rules(), node, values))
        if (result === 'history') rows.set(carries[place]!, position * rowSize)
        if (result === 'output' || result === 'intermediate')
          rows.set(values.get(resultIn(body, result)[place]!)!, position * rowSize)
        carries = body.nextCarries.map((next) => values.get(next)!)
      }
      return result === 'carry' ? carries[place]!.slice() : rows
    },
  }
}

function elementOf({ data, shape }: ArrayValue, position: number): TypedArray {
  const size = sizeOf(shape.slice(1))
  return data.subarray(position * size, (position + 1) * size)
}

function apply(rules: ReferenceRules, node: Tensor, values: ReadonlyMap<Tensor, TypedArray>): TypedArray {
  const rule = rules[node.primitive] as ReferenceRule<PrimitiveName>
  const inputs = node.inputs.map(({ shape, dtype }, i) => ({ shape, dtype, data: values.get(node.inputs[i]!)! }))
  return rule(inputs, node.attributes as Primitives[PrimitiveName], node)
}
