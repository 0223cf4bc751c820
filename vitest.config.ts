import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

// Tests run on the sources, so a package can be tested without building the others.
const conditions = ['@neurite/source', 'node', 'import', 'module', 'default']

const folders = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(new URL(parent, import.meta.url)).map((name) => ({ name, tests: `${parent}/${name}/src/**/*.test.ts` })),
)

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions, externalConditions: conditions } },
  test: {
    reporters: ['default', './tooling/closing-line-reporter.mjs'],
    projects: [...folders, { name: 'tooling', tests: 'tooling/*.test.ts' }].map(({ name, tests }) => ({
      extends: true,
      test: { name, include: [tests] },
    })),
  },
})
