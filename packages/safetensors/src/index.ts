// @neurite/safetensors: named tensors in one file, in the format that PyTorch and others share. In reading order:

// --- whole files ---

export { readSafetensors } from './read.ts'
export { writeSafetensors } from './write.ts'

// --- files that are read in parts: by name, or as they come ---

export { readSafetensorsStream } from './read-stream.ts'
export { openSafetensors, SafetensorsFile } from './safetensors-file.ts'
export type { SafetensorsShards } from './shards.ts'
export { openSafetensorsShards } from './shards.ts'
export type { FileHandleLike, SafetensorsSource, SafetensorsSourceLike } from './source.ts'
export { writeSafetensorsStream } from './write-stream.ts'

// --- the same for plain arrays ---

export type { SafetensorsArray, StoredDType } from './array.ts'
export type { SafetensorsContent } from './decode.ts'
export { decodeSafetensors } from './decode.ts'
export type { EncodeOptions } from './encode.ts'
export { encodeSafetensors } from './encode.ts'

// --- a look at a file without its data, and what is wrong with it ---

export { SafetensorsError } from './errors.ts'
export type { SafetensorsEntry, SafetensorsHeader } from './header.ts'
export { parseSafetensorsHeader } from './header.ts'
