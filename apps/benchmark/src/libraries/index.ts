import type { LibraryEntry } from './library.ts'

const tfjsBinary = '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'

/** The library that is measured, and then its peers, which it is compared with. A new peer is a file and its place here. */
export const libraries: readonly [LibraryEntry, ...LibraryEntry[]] = [
  {
    name: 'neurite',
    open: async () => (await import('./neurite.ts')).openNeurite(1),
    minimalProgram: { file: 'neurite' },
  },
  {
    name: 'neurite-2-threads',
    open: async () => (await import('./neurite.ts')).openNeurite(2),
  },
  {
    name: 'neurite-exported',
    open: async () => (await import('./neurite-exported.ts')).openNeuriteExported(),
    minimalProgram: { file: 'neurite-exported', loads: ['../../exported/xor-step.wasm'] },
    only: ['xor-step'],
  },
  {
    name: 'jax-js',
    open: async () => (await import('./jax-js.ts')).openJax(),
    minimalProgram: { file: 'jax-js' },
    slowAt: ['cnn-step', 'convolution'],
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
    slowAt: ['cnn-step', 'transformer-step', 'gemm-1024', 'convolution'],
  },
  {
    name: 'onnxruntime-node',
    open: async () => (await import('./onnxruntime.ts')).openOnnxruntime(),
  },
  {
    name: 'convnetjs',
    open: async () => (await import('./convnetjs.ts')).openConvnetjs(),
    minimalProgram: { file: 'convnetjs' },
    slowAt: ['cnn-step', 'convolution'],
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
    slowAt: ['gemm-512', 'gemm-1024'],
  },
]

export const pytorchName = 'pytorch'

/** PyTorch, which is there if it is asked for: `python` is the program that has it. */
export function pytorchEntry(python: string): LibraryEntry {
  return { name: pytorchName, open: async () => (await import('./pytorch.ts')).openPytorch(python), python }
}
