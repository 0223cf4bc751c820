import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { findViolations } from './dependency-direction.mjs'
import { readWorkspace, root } from './workspace.mjs'

let directory: string | undefined
afterEach(() => directory && rmSync(directory, { recursive: true }))

/** The violations of a small workspace that has the real packages' names, with `files` added to or replaced in it. */
function violationsWith(files: Record<string, string>): string[] {
  directory = mkdtempSync(join(tmpdir(), 'neurite-direction-'))
  const sound = {
    'package.json': JSON.stringify({ devDependencies: { vitest: '*' } }),
    'packages/tensor/package.json': manifest('@neurite/tensor'),
    'packages/tensor/src/index.ts': "export { add } from './add.ts'",
    'packages/tensor/src/add.ts': 'export const add = 1',
    'packages/compiler/package.json': manifest('@neurite/compiler', {
      dependencies: { '@neurite/tensor': '*' },
      exports: ['.', './kernel'],
    }),
    'packages/compiler/src/index.ts': "import { add } from '@neurite/tensor'\nexport const x = add",
    'packages/compiler/src/kernel/index.ts': 'export const kernel = 1',
    'packages/losses/package.json': manifest('@neurite/losses', {
      dependencies: { '@neurite/tensor': '*' },
      devDependencies: { '@neurite/compiler': '*' },
    }),
    'packages/losses/src/index.ts': "import { add } from '@neurite/tensor'\nexport const loss = add",
    'packages/losses/src/index.test.ts':
      "import { test } from 'vitest'\nimport { x } from '@neurite/compiler'\ntest(x)",
  }
  for (const [path, text] of Object.entries({ ...sound, ...files })) {
    mkdirSync(join(directory, dirname(path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  return findViolations(directory)
}

function manifest(
  name: string,
  { exports = ['.'], ...rest }: { exports?: string[]; dependencies?: object; devDependencies?: object } = {},
): string {
  return JSON.stringify({ name, exports: Object.fromEntries(exports.map((path) => [path, './x.js'])), ...rest })
}

describe('the dependency direction', () => {
  test('holds in this repository', () => {
    expect(findViolations(root)).toEqual([])
    // Every source is parsed: seconds on a busy machine.
  }, 60_000)

  test('has a line for every package of this repository', () => {
    expect(readWorkspace(root).length).toBeGreaterThan(10)
  })

  test('accepts a workspace whose imports point down, and tests that import what their package declares', () => {
    expect(violationsWith({})).toEqual([])
  })

  test('rejects an upward import, with its line and what would be allowed', () => {
    expect(
      violationsWith({
        'packages/losses/package.json': manifest('@neurite/losses', {
          dependencies: { '@neurite/tensor': '*', '@neurite/compiler': '*' },
        }),
        'packages/losses/src/index.ts': "// why\nimport { x } from '@neurite/compiler'\nexport const loss = x",
      }),
    ).toEqual([
      'packages/losses/package.json depends on @neurite/compiler; allowed: @neurite/tensor',
      'packages/losses/src/index.ts:2 imports @neurite/compiler; packages/losses/ may import @neurite/tensor',
    ])
  })

  test.each([
    ["import type { x } from '@neurite/compiler'", 'a type-only import'],
    ["export * from '@neurite/compiler'", 'a re-export'],
    ["export const x = import('@neurite/compiler')", 'a dynamic import'],
    ["export type X = import('@neurite/compiler').X", 'an import type'],
  ])('sees %s', (statement) => {
    const [violation] = violationsWith({ 'packages/tensor/src/add.ts': statement })
    expect(violation).toBe(
      'packages/tensor/src/add.ts:1 imports @neurite/compiler, which packages/tensor/package.json does not declare',
    )
  })

  test('rejects an outside package in a package that has none, even declared', () => {
    expect(
      violationsWith({
        'packages/tensor/package.json': manifest('@neurite/tensor', { dependencies: { lodash: '*' } }),
        'packages/tensor/src/add.ts': "import 'lodash'",
      }),
    ).toEqual([
      'packages/tensor/package.json depends on lodash; allowed: nothing',
      'packages/tensor/src/add.ts:1 imports lodash; packages/tensor/ may import no package',
    ])
  })

  test('rejects a module of Node in a package that runs in browsers, and accepts it in a test', () => {
    const path = 'packages/tensor/src/add.ts'
    expect(
      violationsWith({ [path]: "import 'node:fs'", 'packages/tensor/src/add.test.ts': "import 'node:fs'" }),
    ).toEqual([`${path}:1 imports node:fs; packages/tensor/ may import no package`])
  })

  test('rejects a deep import, in a test too', () => {
    expect(
      violationsWith({ 'packages/losses/src/index.test.ts': "import '@neurite/compiler/src/kernel/index.ts'" }),
    ).toEqual([
      'packages/losses/src/index.test.ts:1 imports @neurite/compiler/src/kernel/index.ts, which the exports of @neurite/compiler do not list',
    ])
  })

  test('rejects a relative import that leaves the package', () => {
    expect(violationsWith({ 'packages/losses/src/index.ts': "import '../../tensor/src/add.ts'" })).toEqual([
      'packages/losses/src/index.ts:1 imports ../../tensor/src/add.ts, which lies outside its package',
    ])
  })

  test('rejects a source that imports a test', () => {
    expect(violationsWith({ 'packages/losses/src/index.ts': "import './index.test.ts'" })).toEqual([
      'packages/losses/src/index.ts:1 imports ./index.test.ts, a test: it is not published',
    ])
  })

  test('keeps the kernel language free of tensors and of the rest of the compiler', () => {
    expect(
      violationsWith({ 'packages/compiler/src/kernel/index.ts': "import '../index.ts'\nimport '@neurite/tensor'" }),
    ).toEqual([
      'packages/compiler/src/kernel/index.ts:1 imports ../index.ts; packages/compiler/src/kernel/ may import only files of packages/compiler/src/kernel/',
      'packages/compiler/src/kernel/index.ts:2 imports @neurite/tensor; packages/compiler/src/kernel/ may import no package',
    ])
  })

  test('lets only install.ts of a backend meet the compiler', () => {
    const files = {
      'packages/backend-cpu/package.json': manifest('@neurite/backend-cpu', {
        dependencies: { '@neurite/compiler': '*' },
      }),
      'packages/backend-cpu/src/install.ts': "import '@neurite/compiler'\nimport '@neurite/compiler/kernel'",
      'packages/backend-cpu/src/index.ts': "import '@neurite/compiler/kernel'",
    }
    expect(violationsWith(files)).toEqual([])
    expect(violationsWith({ ...files, 'packages/backend-cpu/src/index.ts': "import '@neurite/compiler'" })).toEqual([
      'packages/backend-cpu/src/index.ts:1 imports @neurite/compiler; packages/backend-cpu/ may import @neurite/compiler/kernel',
    ])
  })

  test('rejects a cycle of files, and accepts one of types', () => {
    expect(violationsWith({ 'packages/tensor/src/add.ts': "import './index.ts'" })).toEqual([
      'files import each other in a circle: packages/tensor/src/add.ts → packages/tensor/src/index.ts → packages/tensor/src/add.ts',
    ])
    expect(violationsWith({ 'packages/tensor/src/add.ts': "import type { add } from './index.ts'" })).toEqual([])
  })

  test('rejects a cycle of packages through a devDependency', () => {
    expect(
      violationsWith({
        'packages/tensor/package.json': manifest('@neurite/tensor', { devDependencies: { '@neurite/losses': '*' } }),
      })[0],
    ).toBe('packages depend on each other in a circle: @neurite/tensor → @neurite/losses → @neurite/tensor')
  })

  test('asks for a line in the table for a new package', () => {
    expect(violationsWith({ 'packages/audio/package.json': manifest('@neurite/audio') })).toEqual([
      'packages/audio has no line in tooling/dependency-rules.mjs',
    ])
  })
})
