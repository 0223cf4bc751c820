// Writes the modules of the package in the working directory as one file per entry point of its package.json, and `chunks/` of what
// several share: Node loads a few large files much faster than hundreds of small ones, and without spaces and comments faster still.
// The compiler writes the declarations.
import { readFileSync, rmSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { rolldown } from 'rolldown'
import { markPureDefinitions } from './pure-definitions.mjs'
import { listFiles } from './workspace.mjs'

const folder = process.cwd()

for (const output of listFiles(folder, 'dist', (path) => /\.js(\.map)?$/.test(path))) rmSync(join(folder, output))

const bundle = await rolldown({
  cwd: folder,
  input: readEntries(),
  preserveEntrySignatures: 'allow-extension',
  external: (name) => !name.startsWith('.') && !isAbsolute(name),
  // A number in the place of its name is shorter, and leaves no table of names to be read at the start.
  optimization: { inlineConst: true },
  plugins: [{ name: 'pure-definitions', renderChunk: (code) => ({ code: markPureDefinitions(code), map: null }) }],
  onLog(_, { message }) {
    throw new Error(message)
  },
})
await bundle.write({
  dir: 'dist',
  sourcemap: true,
  // The sources are in the package.
  sourcemapExcludeSources: true,
  chunkFileNames: 'chunks/[name].js',
  // Names of functions and classes are what people see in traces.
  minify: { compress: false, mangle: { keepNames: true }, codegen: { removeWhitespace: true } },
})

/**
 * The source of each entry point under the name of its output: `kernel/index` for `./dist/kernel/index.js`.
 * @returns {Record<string, string>}
 */
function readEntries() {
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return Object.fromEntries(
    Object.values(exports)
      .filter((entry) => typeof entry === 'object')
      .map(({ '@neurite/source': source, default: output }) => [/^\.\/dist\/(.*)\.js$/.exec(output)?.[1], source]),
  )
}
