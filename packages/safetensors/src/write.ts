import { evaluate, type Tensor } from '@neurite/tensor'
import type { SafetensorsArray } from './array.ts'
import { type EncodeOptions, encodeSafetensors } from './encode.ts'

/**
 * Writes tensors as a safetensors file, computing those that are not known yet. The same tensors give the same bytes, in
 * whatever order they come.
 * @throws SafetensorsError if a name cannot be written.
 */
export async function writeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  options: EncodeOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  await evaluate(Object.values(tensors))
  const arrays: Record<string, SafetensorsArray> = Object.create(null)
  for (const [name, tensor] of Object.entries(tensors))
    arrays[name] = { dtype: tensor.dtype, shape: tensor.shape, data: await tensor.data() }
  return encodeSafetensors(arrays, options)
}
