// js-pytorch, plain JavaScript on nested arrays.

import { torch } from 'js-pytorch'
import type { Layer, TrainingWork, Values, Work } from '../workloads/workload.ts'
import { type Library, type Preparations, prepareWith, type Task } from './library.ts'
import { versionOf } from './version-of.ts'

type Tensor = ReturnType<typeof torch.tensor>

export function openJsPytorch(): Library {
  return { threads: 1, version: versionOf('js-pytorch'), prepare: (work: Work) => prepareWith(preparations, work) }
}

const preparations: Preparations = {
  training: prepareTraining,
  matmul({ left, right }) {
    const [l, r] = [tensorOf(left), tensorOf(right)]
    return evaluating(() => torch.matmul(l, r))
  },
  softmax({ x }) {
    const values = tensorOf(x)
    const softmax = new torch.nn.Softmax()
    return evaluating(() => softmax.forward(values, -1))
  },
  convolution: () => unable('has no convolution'),
  elementwiseChain: () => unable('has no tanh'),
}

function unable(reason: string): never {
  throw new Error(`js-pytorch ${reason}`)
}

function evaluating(expression: () => Tensor): Task {
  return { run: () => Float32Array.from(expression().data.flat(Number.POSITIVE_INFINITY)), close() {} }
}

function prepareTraining({ inputs, layers, loss, optimizer: { kind, learningRate } }: TrainingWork): Task {
  if (kind !== 'adam') unable('has no optimizer but Adam')
  if (loss.kind !== 'crossEntropy') unable('has no binary cross-entropy')
  const stages = layers.map(stageOf)
  const optimizer = new torch.optim.Adam(
    stages.flatMap(({ parameters }) => parameters),
    learningRate,
    0,
    [0.9, 0.999],
    1e-8,
  )
  const lossOf = new torch.nn.CrossEntropyLoss()
  const [x, y] = [tensorOf(inputs), torch.tensor([...loss.targets.data])]
  return {
    run() {
      const value = lossOf.forward(
        stages.reduce((y, { forward }) => forward(y), x),
        y,
      )
      value.backward()
      optimizer.step()
      optimizer.zero_grad()
      return value.data[0] ?? (value.data as unknown as number)
    },
    close() {},
    differs: 'its Adam has no bias correction',
  }
}

interface Stage {
  readonly parameters: Tensor[]
  forward(x: Tensor): Tensor
}

function stageOf(layer: Layer): Stage {
  switch (layer.kind) {
    case 'linear': {
      const [out, incoming] = layer.weight.shape as [number, number]
      const module = new torch.nn.Linear(incoming, out)
      const transposed = torch.transpose(tensorOf(layer.weight), 0, 1)
      module.W._data = transposed.data
      module.b._data = tensorOf(layer.bias).data
      return { parameters: [module.W, module.b], forward: (x) => module.forward(x) }
    }
    case 'relu': {
      const module = new torch.nn.ReLU()
      return { parameters: [], forward: (x) => module.forward(x) }
    }
    default:
      return unable(`has no layer for ${layer.kind}, or not one that trains alike`)
  }
}

function tensorOf({ shape, data }: Values | Values<Int32Array>): Tensor {
  return torch.tensor(nested([...data], shape))
}

function nested(numbers: readonly number[], [size, ...rest]: readonly number[]): unknown[] {
  if (rest.length === 0) return [...numbers]
  const length = numbers.length / size!
  return Array.from({ length: size! }, (_, i) => nested(numbers.slice(i * length, (i + 1) * length), rest))
}
