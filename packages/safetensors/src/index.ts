// The safetensors format: named arrays in one file, as PyTorch and others save weights. In the order to learn it.

export type { SafetensorsArray } from './array.ts'
export { decodeSafetensors, type SafetensorsContent } from './decode.ts'
export { type EncodeOptions, encodeSafetensors } from './encode.ts'
export { parseSafetensorsHeader, type SafetensorsEntry, type SafetensorsHeader } from './header.ts'
export { SafetensorsError } from './errors.ts'
