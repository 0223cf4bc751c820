import { type Tensor, tensor } from '@neurite/tensor'
import { decodeSafetensors } from './decode.ts'

/**
 * The tensors of a safetensors file by name, in the order of their bytes. The record has no prototype, so that every name
 * is safe.
 * @throws SafetensorsError if the bytes are no valid file, or a tensor has a dtype that is not supported.
 */
export function readSafetensors(file: Uint8Array | ArrayBuffer): Record<string, Tensor> {
  const tensors: Record<string, Tensor> = Object.create(null)
  for (const [name, { dtype, shape, data }] of Object.entries(decodeSafetensors(file).arrays))
    tensors[name] = tensor(data, { shape, dtype })
  return tensors
}
