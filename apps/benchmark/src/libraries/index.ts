import type { LibraryEntry } from './library.ts'

const tfjsBinary = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'

/** The library that is measured, and then its peers, which it is compared with. A new peer is a file and its place here. */
export const libraries: readonly [LibraryEntry, ...LibraryEntry[]] = [
  {
    name: 'neurite',
    open: async () => (await import('./neurite.ts')).openNeurite(),
    minimalProgram: { file: 'neurite' },
  },
  {
    name: 'jax-js',
    open: async () => (await import('./jax-js.ts')).openJax(),
    minimalProgram: { file: 'jax-js' },
  },
  {
    name: 'tfjs-wasm',
    open: async () => (await import('./tfjs.ts')).openTfjs('wasm'),
    minimalProgram: { file: 'tfjs-wasm', loads: [tfjsBinary] },
  },
  {
    name: 'tfjs-cpu',
    open: async () => (await import('./tfjs.ts')).openTfjs('cpu'),
    minimalProgram: { file: 'tfjs-cpu' },
  },
  {
    name: 'convnetjs',
    open: async () => (await import('./convnetjs.ts')).openConvnetjs(),
    minimalProgram: { file: 'convnetjs' },
  },
  {
    name: 'brain.js',
    open: async () => (await import('./brain-js.ts')).openBrain(),
    minimalProgram: { file: 'brain-js' },
  },
  {
    name: 'js-pytorch',
    open: async () => (await import('./js-pytorch.ts')).openJsPytorch(),
    minimalProgram: { file: 'js-pytorch' },
  },
]
