// What each part of the repository may import: the arrows of ARCHITECTURE.md as a table.
// Tests are free to import whatever their package declares.

/**
 * The files under `path` may import the `packages` listed, by exactly these specifiers, and any file of their own package;
 * with `files`, only those below these folders. The first area that holds a file decides.
 * @typedef {{ path: string, packages: readonly string[] | 'any', files?: readonly string[] }} Area
 */

/** The packages that `neurite` puts together. */
export const pieces = [
  'tensor',
  'autograd',
  'compiler',
  'backend-cpu',
  'layers',
  'losses',
  'optimizers',
  'data',
  'safetensors',
  'training',
]

/** The pieces that training puts to use. */
const training = ['tensor', 'autograd', 'compiler', 'layers', 'optimizers', 'data', 'safetensors']

/** @type {readonly Area[]} */
export const areas = [
  { path: 'packages/tensor/', packages: [] },
  { path: 'packages/autograd/', packages: ['@neurite/tensor'] },

  // The kernel language knows nothing of tensors: a backend that reads it depends on nothing else.
  { path: 'packages/compiler/src/kernel/', packages: [], files: ['packages/compiler/src/kernel/'] },
  {
    path: 'packages/compiler/src/conformance/',
    packages: ['@neurite/tensor'],
    files: ['packages/compiler/src/conformance/', 'packages/compiler/src/kernel/'],
  },
  { path: 'packages/compiler/', packages: ['@neurite/tensor'] },

  // Installing a backend is the one place where it meets the compiler.
  { path: 'packages/backend-cpu/src/install.ts', packages: ['@neurite/compiler', '@neurite/compiler/kernel'] },
  { path: 'packages/backend-cpu/', packages: ['@neurite/compiler/kernel'] },

  { path: 'packages/layers/', packages: ['@neurite/tensor'] },
  { path: 'packages/losses/', packages: ['@neurite/tensor'] },
  { path: 'packages/optimizers/', packages: ['@neurite/tensor'] },
  // What decodes files is loaded when it is needed, each by one file.
  { path: 'packages/data/src/images/decode-image.ts', packages: ['fast-png', 'jpeg-js'] },
  { path: 'packages/data/src/readers/read-tar.ts', packages: ['modern-tar'] },
  { path: 'packages/data/', packages: ['@neurite/tensor'] },
  { path: 'packages/safetensors/', packages: ['@neurite/tensor'] },
  { path: 'packages/classic/', packages: ['@neurite/tensor', '@neurite/compiler', '@neurite/data'] },

  // Training brings the pieces together, and knows no backend. What needs Node has an entry of its own.
  {
    path: 'packages/training/src/node/',
    packages: [
      ...['cli-progress', 'csv-stringify/sync', 'crc-32/crc32c.js', '@bufbuild/protobuf/wire'],
      ...['node:fs/promises', 'node:os', 'node:path'],
    ],
  },
  { path: 'packages/training/', packages: training.map((name) => `@neurite/${name}`) },
  {
    path: 'packages/detection/examples/',
    packages: ['@neurite/detection', '@neurite/backend-cpu/install', 'fast-png', 'node:fs'],
  },
  // Whole nets and how they are trained, on any backend.
  {
    path: 'packages/detection/',
    packages: ['tensor', 'autograd', 'compiler', 'layers', 'losses', 'optimizers', 'data'].map(
      (name) => `@neurite/${name}`,
    ),
  },
  { path: 'packages/neurite/', packages: pieces.map((name) => `@neurite/${name}`) },
  // PyTorch's records, for the tests of any package: so it knows none.
  { path: 'packages/oracle/', packages: ['vitest', 'node:fs'] },
  { path: 'apps/', packages: 'any' },
]

/**
 * The area that the file at `path` belongs to; where no line of the table fits, one that allows nothing.
 * @param {string} path
 * @returns {Area}
 */
export function areaOf(path) {
  return areas.find((area) => path.startsWith(area.path)) ?? { path, packages: [] }
}

/**
 * The packages that the package in `folder` may depend on, by name.
 * @param {string} folder
 * @returns {readonly string[] | 'any'}
 */
export function allowedDependencies(folder) {
  const own = areas.filter(({ path }) => `${folder}/`.startsWith(path) || path.startsWith(`${folder}/`))
  if (own.some(({ packages }) => packages === 'any')) return 'any'
  return [...new Set(own.flatMap(({ packages }) => packages).map(packageName))]
}

/**
 * The package that an import specifier names: `@neurite/compiler/kernel` → `@neurite/compiler`.
 * @param {string} specifier
 */
export function packageName(specifier) {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
