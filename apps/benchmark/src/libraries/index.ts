import type { LibraryEntry } from './library.ts'

/** The library that is measured, and then its peers, which it is compared with. A new peer is a file and its place here. */
export const libraries: readonly [LibraryEntry, ...LibraryEntry[]] = [
  { name: 'neurite', open: async () => (await import('./neurite.ts')).openNeurite() },
  { name: 'tfjs-wasm', open: async () => (await import('./tfjs-wasm.ts')).openTfjsWasm() },
]
