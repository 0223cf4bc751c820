// jax-js on its WebAssembly backend: a jitted step, whose parameters and moments come back as new arrays. It consumes what it is given:
// `.ref` keeps an array for another use.

import { defaultDevice, init, jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax'
import type { Loss, Optimizer, TrainingWork, Work } from '../workloads/workload.ts'
import { arrayOf, stagesOf, throughAll } from './jax-js-layers.ts'
import { type Library, type Preparations, prepareWith, type Task } from './library.ts'
import { versionOf } from './version-of.ts'

/** @throws Error if the backend does not start. */
export async function openJax(): Promise<Library> {
  if (!(await init('wasm')).includes('wasm')) throw new Error('jax-js: the WASM backend does not start here')
  defaultDevice('wasm')
  return { threads: 1, version: versionOf('@jax-js/jax'), prepare: (work: Work) => prepareWith(preparations, work) }
}

const preparations: Preparations = {
  training: prepareTraining,
  matmul: ({ left, right }) => evaluating([arrayOf(left), arrayOf(right)], ([l, r]) => np.matmul(l!, r!)),
  convolution: ({ images, weight }) =>
    evaluating([arrayOf(images), arrayOf(weight)], ([x, w]) => lax.conv(x!, w!, [1, 1], 'SAME')),
  elementwiseChain: ({ x, a, b }) =>
    evaluating([x, a, b].map(arrayOf), ([x, a, b]) => np.tanh(x!.ref.mul(a!).add(b!)).mul(nn.sigmoid(x!))),
  softmax: ({ x }) => evaluating([arrayOf(x)], ([x]) => nn.softmax(x!, -1)),
}

function evaluating(inputs: np.Array[], expression: (inputs: np.Array[]) => np.Array): Task {
  const compiled = jit(expression)
  return {
    run: async () => (await compiled(tree.ref(inputs)).data()) as Float32Array,
    close() {
      tree.dispose(inputs)
      compiled.dispose()
    },
  }
}

/** Parameters, and for Adam their moments. */
type State = { parameters: np.Array[]; first: np.Array[]; second: np.Array[] }

function prepareTraining({ inputs, layers, loss, optimizer }: TrainingWork): Task {
  const stages = stagesOf(layers)
  const initial = stages.flatMap((stage) => stage.initial)
  const zeros = () => (optimizer.kind === 'adam' ? initial.map(({ shape }) => np.zeros(shape)) : [])
  let state: State = { parameters: initial.map((array) => array), first: zeros(), second: zeros() }
  const lossOf = lossFunction(loss)
  const lossAt = (parameters: np.Array[], x: np.Array, y: np.Array): np.Array =>
    lossOf(throughAll(stages, parameters, x), y)
  const step = jit((state: State, count: np.Array, x: np.Array, y: np.Array) => {
    const [value, gradients] = valueAndGrad(lossAt)(tree.ref(state.parameters), x, y)
    return { value, state: updated(optimizer, state, gradients as np.Array[], count) }
  })
  const [x, y] = [arrayOf(inputs), targetsOf(loss)]
  let count = 0
  return {
    async run() {
      const next = step(state, np.array(++count), x.ref, y.ref)
      state = next.state
      return (await next.value.data())[0]!
    },
    close() {
      tree.dispose([state.parameters, state.first, state.second, x, y])
      step.dispose()
    },
  }
}

const [firstDecay, secondDecay, epsilon] = [0.9, 0.999, 1e-8]

function updated({ kind, learningRate }: Optimizer, state: State, gradients: np.Array[], count: np.Array): State {
  if (kind === 'sgd') {
    count.dispose()
    return { ...state, parameters: state.parameters.map((value, i) => value.sub(gradients[i]!.mul(learningRate))) }
  }
  const first = state.first.map((moment, i) => moment.mul(firstDecay).add(gradients[i]!.ref.mul(1 - firstDecay)))
  const second = state.second.map((moment, i) =>
    moment.mul(secondDecay).add(np.square(gradients[i]!).mul(1 - secondDecay)),
  )
  const firstScale = np.subtract(1, np.power(firstDecay, count.ref))
  const secondScale = np.subtract(1, np.power(secondDecay, count))
  const parameters = state.parameters.map((value, i) => {
    const deviation = np.sqrt(second[i]!.ref.div(secondScale.ref)).add(epsilon)
    return value.sub(first[i]!.ref.div(firstScale.ref).div(deviation).mul(learningRate))
  })
  firstScale.dispose()
  secondScale.dispose()
  return { parameters, first, second }
}

function lossFunction(loss: Loss): (outputs: np.Array, targets: np.Array) => np.Array {
  switch (loss.kind) {
    case 'binaryCrossEntropyWithLogits':
      return (outputs, targets) => nn.softplus(outputs.ref).sub(outputs.mul(targets)).mean()
    case 'crossEntropy':
      return (outputs, targets) => {
        const logs = nn.logSoftmax(outputs.reshape([-1, loss.classes]), -1)
        return logs.mul(targets).sum(-1).mean().neg()
      }
  }
}

/** Classes as one-hot rows. */
function targetsOf(loss: Loss): np.Array {
  return loss.kind === 'crossEntropy'
    ? nn.oneHot(arrayOf(loss.targets).reshape([-1]), loss.classes)
    : arrayOf(loss.targets)
}
