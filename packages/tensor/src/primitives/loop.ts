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
import type { ScanBody } from '../scan-body.ts'
import { sameShape, sizeOf } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

export const loopShapes: ShapeRules<LoopName> = {
  scan: (inputs, { body, result, place }) => {
    body.leaves.forEach((leaf, i) => {
      const isSequence = i >= body.carries.length && i < body.carries.length + body.elements.length
      checkInput(inputs[i], { shape: isSequence ? [body.length, ...leaf.shape] : leaf.shape, dtype: leaf.dtype })
    })
    const { shape, dtype } = { carry: body.carries, history: body.carries, output: body.outputs }[result][place]!
    return { shape: result === 'carry' ? shape : [body.length, ...shape], dtype }
  },
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
      const order = bodyOrder(body)
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
        if (result === 'output') rows.set(values.get(body.outputs[place]!)!, position * rowSize)
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

/** The nodes of the body's graph but its leaves, inputs before users. */
function bodyOrder(body: Pick<ScanBody, 'leaves' | 'nextCarries' | 'outputs'>): readonly Tensor[] {
  const order: Tensor[] = []
  const seen = new Set<Tensor>(body.leaves)
  const stack = [...body.nextCarries, ...body.outputs].reverse().map((node) => ({ node, isLeft: false }))
  while (stack.length > 0) {
    const { node, isLeft } = stack.pop()!
    if (isLeft) order.push(node)
    if (isLeft || seen.has(node)) continue
    seen.add(node)
    stack.push({ node, isLeft: true }, ...node.inputs.map((input) => ({ node: input, isLeft: false })))
  }
  return order
}

function apply(rules: ReferenceRules, node: Tensor, values: ReadonlyMap<Tensor, TypedArray>): TypedArray {
  const rule = rules[node.primitive] as ReferenceRule<PrimitiveName>
  const inputs = node.inputs.map(({ shape, dtype }, i) => ({ shape, dtype, data: values.get(node.inputs[i]!)! }))
  return rule(inputs, node.attributes as Primitives[PrimitiveName], node)
}
