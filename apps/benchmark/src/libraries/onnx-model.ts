// Models in the format of ONNX, as far as a chain of a few operators needs it (https://onnx.ai/onnx/repo-docs/IR.html).

import protobuf from 'protobufjs/light.js'
import type { Values } from '../workloads/workload.ts'

export interface OnnxNode {
  readonly operator: string
  readonly inputs: readonly string[]
  readonly output: string
  readonly attributes?: Readonly<Record<string, number | readonly number[]>>
}

export interface OnnxGraph {
  /** Shapes of what is given at every run, by name. */
  readonly inputs: Readonly<Record<string, readonly number[]>>
  /** Tensors that never change, by name. */
  readonly constants?: Readonly<Record<string, Values>>
  /** In an order in which they can run. */
  readonly nodes: readonly OnnxNode[]
  readonly output: string
}

const float32 = 1
const [operators, intermediateRepresentation] = [17, 8]
/** Values of `AttributeProto.type`. */
const [integer, integers] = [2, 7]

/** The file of a model whose numbers are all float32. */
export function onnxModel({ inputs, constants = {}, nodes, output }: OnnxGraph): Uint8Array {
  const described = (name: string, shape?: readonly number[]) => ({
    name,
    type: {
      tensorType: { elemType: float32, ...(shape && { shape: { dim: shape.map((dimValue) => ({ dimValue })) } }) },
    },
  })
  return modelType
    .encode(
      modelType.fromObject({
        irVersion: intermediateRepresentation,
        opsetImport: [{ domain: '', version: operators }],
        graph: {
          name: 'graph',
          node: nodes.map(({ operator, inputs, output, attributes = {} }) => ({
            input: inputs,
            output: [output],
            opType: operator,
            attribute: Object.entries(attributes).map(([name, value]) =>
              typeof value === 'number' ? { name, i: value, type: integer } : { name, ints: value, type: integers },
            ),
          })),
          initializer: Object.entries(constants).map(([name, { shape, data }]) => ({
            name,
            dims: shape,
            dataType: float32,
            rawData: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
          })),
          input: Object.entries(inputs).map(([name, shape]) => described(name, shape)),
          output: [described(output)],
        },
      }),
    )
    .finish()
}

/** Fields of a message: type and number, repeated if the type ends with `[]`. */
function message(fields: Readonly<Record<string, readonly [type: string, id: number]>>): protobuf.IType {
  return {
    fields: Object.fromEntries(
      Object.entries(fields).map(([name, [type, id]]) => [
        name,
        type.endsWith('[]') ? { rule: 'repeated', type: type.slice(0, -2), id } : { type, id },
      ]),
    ),
  }
}

const modelType = protobuf.Root.fromJSON({
  nested: {
    Model: message({ irVersion: ['int64', 1], graph: ['Graph', 7], opsetImport: ['OperatorSet[]', 8] }),
    OperatorSet: message({ domain: ['string', 1], version: ['int64', 2] }),
    Graph: message({
      node: ['Node[]', 1],
      name: ['string', 2],
      initializer: ['TensorData[]', 5],
      input: ['ValueInfo[]', 11],
      output: ['ValueInfo[]', 12],
    }),
    Node: message({
      input: ['string[]', 1],
      output: ['string[]', 2],
      opType: ['string', 4],
      attribute: ['Attribute[]', 5],
    }),
    Attribute: message({ name: ['string', 1], i: ['int64', 3], ints: ['int64[]', 8], type: ['int32', 20] }),
    TensorData: message({ dims: ['int64[]', 1], dataType: ['int32', 2], name: ['string', 8], rawData: ['bytes', 9] }),
    ValueInfo: message({ name: ['string', 1], type: ['ValueType', 2] }),
    ValueType: message({ tensorType: ['TensorType', 1] }),
    TensorType: message({ elemType: ['int32', 1], shape: ['TensorShape', 2] }),
    TensorShape: message({ dim: ['Dimension[]', 1] }),
    Dimension: message({ dimValue: ['int64', 1] }),
  },
}).lookupType('Model')
