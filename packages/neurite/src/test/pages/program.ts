// What the pages of `pages.test.ts` load. Also runs as a worker of a page, which is asked by a message.

import { type CpuBackend, cpuBackend } from '@neurite/backend-cpu'
import {
  Adam,
  binaryCrossEntropyWithLogits,
  compile,
  crossEntropy,
  Dropout,
  getThreads,
  gradients,
  key,
  Linear,
  parameters,
  referenceBackend,
  relu,
  Sequential,
  setThreads,
  type Tensor,
  tanh,
  tensor,
  uniform,
  useBackend,
  Variable,
} from '../../index.ts'

/** What the test can ask a page for. */
export interface PageProgram {
  readonly isIsolated: boolean
  /** How many threads there are of those asked for. */
  use(threads: number): Promise<number>
  useReference(): void
  getThreads(threads: number): number
  /** Losses and weights, as hexadecimal digits; steps are awaited, or every other one is read at once. */
  trainXor(): Promise<string[]>
  xorLosses(steps: number): Promise<number[]>
  trainMlp(readSync: boolean): Promise<string[]>
  /** Whether the page could do something else while a product of matrices was computed. */
  isFreeDuringRun(): Promise<boolean>
}

async function use(threads: number): Promise<number> {
  const backend: CpuBackend = cpuBackend({ threads })
  useBackend(backend)
  return backend.startThreads()
}

type Step = (inputs: Tensor, targets: Tensor) => Tensor<[]>

function stepOf(network: Sequential, lossOf: (outputs: Tensor, targets: Tensor) => Tensor): Step {
  const optimizer = new Adam(parameters(network), { learningRate: 1e-2 })
  return compile((inputs: Tensor, targets: Tensor) => {
    const loss: Tensor = lossOf(network.forward(inputs), targets)
    optimizer.step(gradients(loss, parameters(network)))
    return loss
  })
}

function bits(values: ArrayBufferView): string {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function weightsOf(network: Sequential): Promise<string[]> {
  return Promise.all([...parameters(network).values()].map(async ({ value }) => bits(await value.data())))
}

const xorInputs = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const xorTargets = tensor([[0], [1], [1], [0]])

function xor(): { network: Sequential; step: Step } {
  const network = new Sequential(new Linear(2, 8, { key: key(1) }), tanh, new Linear(8, 1, { key: key(2) }))
  return { network, step: stepOf(network, binaryCrossEntropyWithLogits) }
}

async function xorLosses(steps: number): Promise<number[]> {
  const { step } = xor()
  const losses: number[] = []
  for (let i = 0; i < steps; i++) losses.push(await step(xorInputs, xorTargets).item())
  return losses
}

async function trainXor(): Promise<string[]> {
  const { network, step } = xor()
  const losses: string[] = []
  for (let i = 0; i < 50; i++) losses.push(bits(await step(xorInputs, xorTargets).data()))
  return [...losses, ...(await weightsOf(network))]
}

async function trainMlp(readSync: boolean): Promise<string[]> {
  const network = new Sequential(
    new Linear(784, 256, { key: key(1) }),
    relu,
    new Dropout(0.2, { key: key(2) }),
    new Linear(256, 128, { key: key(3) }),
    relu,
    new Linear(128, 10, { key: key(4) }),
  )
  const step = stepOf(network, crossEntropy)
  const images = uniform([64, 784], { key: key(5) })
  const labels = tensor(Int32Array.from({ length: 64 }, (_, i) => i % 10))
  await images.data()
  const losses: Tensor[] = []
  for (let i = 0; i < 12; i++) {
    const loss = step(images, labels)
    losses.push(loss)
    if (readSync && i % 2 === 0) loss.dataSync()
    // Some steps are started before the one before is over.
    else if (i % 4 === 1) await loss.data()
  }
  return [...(await Promise.all(losses.map(async (loss) => bits(await loss.data())))), ...(await weightsOf(network))]
}

async function isFreeDuringRun(): Promise<boolean> {
  const [left, right] = [1, 2].map((seed) => new Variable(uniform([1024, 1024], { key: key(seed) })))
  const product = compile(() => left!.value.matmul(right!.value).sum())
  await product().item()
  let isOver = false
  let wasFree = false
  const { port1, port2 } = new MessageChannel()
  port2.onmessage = (): void => {
    wasFree ||= !isOver
  }
  const result = product()
  const value = result.item()
  port1.postMessage('')
  await value
  isOver = true
  port1.close()
  return wasFree
}

const program: PageProgram = {
  isIsolated: globalThis.crossOriginIsolated,
  use,
  useReference: () => useBackend(referenceBackend()),
  getThreads(threads) {
    setThreads(threads)
    return getThreads()
  },
  trainXor,
  xorLosses,
  trainMlp,
  isFreeDuringRun,
}
Object.assign(globalThis, { program })

if (typeof document === 'undefined')
  globalThis.onmessage = async ({ data }: MessageEvent<number>): Promise<void> => {
    const threads = await use(data)
    postMessage({ threads, trained: await trainMlp(true) })
  }
