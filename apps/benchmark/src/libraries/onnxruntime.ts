// ONNX Runtime's native library: models of a few operators. It infers and does not train.

import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { Values, Work } from '../workloads/workload.ts'
import type { Library, Task } from './library.ts'
import { type OnnxGraph, type OnnxNode, onnxModel } from './onnx-model.ts'
import { versionOf } from './version-of.ts'

export function openOnnxruntime(): Library {
  return { threads: 1, version: versionOf('onnxruntime-node'), prepare }
}

async function prepare(work: Work): Promise<Task> {
  switch (work.kind) {
    case 'training':
      throw new Error('onnxruntime-node trains nothing')
    case 'matmul':
      return evaluating({ left: work.left, right: work.right }, {}, [node('MatMul', ['left', 'right'])])
    case 'convolution':
      // A weight that never changes is laid out for the machine once.
      return evaluating({ images: work.images }, { weight: work.weight }, [
        { ...node('Conv', ['images', 'weight']), attributes: { pads: [1, 1, 1, 1] } },
      ])
    case 'elementwiseChain':
      return evaluating({ x: work.x, a: work.a, b: work.b }, {}, [
        node('Mul', ['x', 'a'], 'product'),
        node('Add', ['product', 'b'], 'sum'),
        node('Tanh', ['sum'], 'tanh'),
        node('Sigmoid', ['x'], 'sigmoid'),
        node('Mul', ['tanh', 'sigmoid']),
      ])
    case 'softmax':
      return evaluating({ x: work.x }, {}, [{ ...node('Softmax', ['x']), attributes: { axis: -1 } }])
  }
}

const result = 'result'

function node(operator: string, inputs: readonly string[], output = result): OnnxNode {
  return { operator, inputs, output }
}

async function evaluating(
  inputs: Readonly<Record<string, Values>>,
  constants: Readonly<Record<string, Values>>,
  nodes: OnnxGraph['nodes'],
): Promise<Task> {
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, { shape }]) => [name, shape]))
  const model = onnxModel({ inputs: shapes, constants, nodes, output: result })
  const session = await InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 })
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, data }]) => [name, new Tensor('float32', data, shape)]),
  )
  return {
    run: async () => (await session.run(feeds))[result]!.data as Float32Array,
    close: () => void session.release(),
  }
}
