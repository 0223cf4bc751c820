// A checkpoint as bytes: a safetensors file whose metadata holds all that is no tensor.

import { decodeSafetensors, writeSafetensors } from '@neurite/safetensors'
import { type Tensor, tensor } from '@neurite/tensor'
import { fromExactJson, toExactJson } from './exact-json.ts'

const format = 'neurite training checkpoint'
const version = '1'

/** Tensors by part ("model", "optimizer", …) and name, and whatever JSON can hold. */
export interface CheckpointContent {
  readonly tensors: Readonly<Record<string, Readonly<Record<string, Tensor>>>>
  readonly values: unknown
}

export async function encodeCheckpoint({ tensors, values }: CheckpointContent): Promise<Uint8Array> {
  const all = Object.entries(tensors).flatMap(([part, named]) =>
    Object.entries(named).map(([name, value]) => [`${part}/${name}`, value] as const),
  )
  return writeSafetensors(Object.fromEntries(all), { metadata: { format, version, state: toExactJson(values) } })
}

/** @throws Error if the bytes are no checkpoint of this version, SafetensorsError if they are damaged. */
export function decodeCheckpoint(bytes: Uint8Array): CheckpointContent {
  const { arrays, metadata } = decodeSafetensors(bytes)
  if (metadata.format !== format || metadata.state === undefined)
    throw new Error(
      'The file is no training checkpoint, though it may hold weights: load those with loadStateDict(model, readSafetensors(…)).',
    )
  if (metadata.version !== version)
    throw new Error(`The checkpoint is of version ${metadata.version}; this version reads ${version}.`)
  const tensors: Record<string, Record<string, Tensor>> = {}
  for (const [key, { dtype, shape, data }] of Object.entries(arrays)) {
    const [, part, name] = /^([^/]*)\/(.*)$/s.exec(key) ?? []
    if (part === undefined || name === undefined) throw new Error(`The checkpoint holds "${key}", which has no part.`)
    tensors[part] ??= {}
    tensors[part][name] = tensor(data, { shape, dtype })
  }
  return { tensors, values: fromExactJson(metadata.state) }
}
