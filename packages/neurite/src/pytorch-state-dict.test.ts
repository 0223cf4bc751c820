// A file as PyTorch writes it: tensors under the names of `state_dict()`, other dtypes than ours among them, loads into layers by name.

import { expect, test } from 'vitest'
import {
  BatchNorm1d,
  evaluate,
  Linear,
  loadStateDict,
  openSafetensors,
  relu,
  Sequential,
  stateDict,
  tensor,
} from './index.ts'

interface Saved {
  readonly name: string
  readonly dtype: string
  readonly shape: readonly number[]
  readonly data: ArrayBufferView
}

// nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2), nn.ReLU(), nn.Linear(2, 1)), its last layer saved in half precision.
const saved: readonly Saved[] = [
  { name: '0.bias', dtype: 'F32', shape: [2], data: Float32Array.of(0.5, -0.5) },
  { name: '0.weight', dtype: 'F32', shape: [2, 3], data: Float32Array.of(1, 2, 3, -1, 0.5, 0.25) },
  { name: '1.bias', dtype: 'F32', shape: [2], data: Float32Array.of(0, 1) },
  { name: '1.num_batches_tracked', dtype: 'I64', shape: [], data: BigInt64Array.of(12n) },
  { name: '1.running_mean', dtype: 'F32', shape: [2], data: Float32Array.of(1, 0) },
  { name: '1.running_var', dtype: 'F32', shape: [2], data: Float32Array.of(4, 1) },
  { name: '1.weight', dtype: 'F32', shape: [2], data: Float32Array.of(2, 1) },
  { name: '3.bias', dtype: 'BF16', shape: [1], data: Uint16Array.of(0x3f80) },
  { name: '3.weight', dtype: 'F16', shape: [1, 2], data: Uint16Array.of(0x3c00, 0xc000) },
]

/** By the format's description: 8 bytes of length, JSON padded with spaces, the data of all tensors one after the other. */
function file(): Blob {
  let end = 0
  const entries = saved.map(({ name, dtype, shape, data }) => {
    const start = end
    end += data.byteLength
    return [name, { dtype, shape, data_offsets: [start, end] }]
  })
  const json = JSON.stringify({ __metadata__: { format: 'pt' }, ...Object.fromEntries(entries) })
  // Names that begin with a digit and are no integers keep their order.
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8))
  const length = new DataView(new ArrayBuffer(8))
  length.setBigUint64(0, BigInt(text.length), true)
  return new Blob([length, text, ...saved.map(({ data }) => data as BlobPart)])
}

test('a state dict of PyTorch loads by name, and the net gives what PyTorch’s gives', async () => {
  const model = new Sequential(new Linear(3, 2), new BatchNorm1d(2), relu, new Linear(2, 1))
  const state = await (await openSafetensors(file())).tensors()
  expect(loadStateDict(model, state)).toEqual({ missing: [], unexpected: [] })
  expect(stateDict(model)['3.weight']!.toArraySync()).toEqual([[1, -2]])

  evaluate(model)
  const x = tensor([[1, 1, 1]])
  // Linear: [6.5, -0.75]; normalised: 2 · (6.5 − 1)/√(4 + 1e-5) = 5.5, -0.75/√(1 + 1e-5) + 1 = 0.25; ReLU; 5.5 − 2 · 0.25 + 1 = 6.
  expect((model.forward(x as never) as typeof x).itemSync()).toBeCloseTo(6, 4)
})
