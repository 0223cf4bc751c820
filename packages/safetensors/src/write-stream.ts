import type { Tensor } from '@neurite/tensor'
import { bytesOf, type EncodeOptions, layOut } from './encode.ts'

/**
 * A safetensors file in chunks, the header and then tensor after tensor, so that the file is never in memory as a whole. The bytes are those
 * of `writeSafetensors`.
 *
 *     for await (const chunk of writeSafetensorsStream(stateDict(model))) await handle.write(chunk)
 *
 * A chunk shows the tensor's own memory: do not write to it. Tensors that are not known yet are computed one by one when their turn comes.
 * @throws SafetensorsError if a name cannot be written.
 */
export async function* writeSafetensorsStream(
  tensors: Readonly<Record<string, Tensor>>,
  { metadata = {} }: EncodeOptions = {},
): AsyncGenerator<Uint8Array> {
  const { head, order } = layOut(tensors, metadata)
  yield head
  for (const name of order) {
    const { shape, dtype } = tensors[name]!
    const bytes = bytesOf(name, { shape, dtype, data: await tensors[name]!.data() })
    if (bytes.length > 0) yield bytes
  }
}
