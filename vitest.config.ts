import { defineConfig } from 'vitest/config'

// Tests run on the sources, so a package can be tested without building the others.
const conditions = ['@neurite/source', 'node', 'import', 'module', 'default']
const names = ['tensor', 'autograd', 'compiler', 'backend-cpu', 'layers', 'losses', 'optimizers', 'data', 'safetensors', 'neurite']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    projects: [
      ...names.map((name) => ({ extends: true as const, test: { name, include: [`packages/${name}/src/**/*.test.ts`] } })),
      { extends: true as const, test: { name: 'demo', include: ['apps/demo/src/**/*.test.ts'] } },
      { extends: true as const, test: { name: 'benchmark', include: ['apps/benchmark/src/**/*.test.ts'] } },
    ],
  },
})
