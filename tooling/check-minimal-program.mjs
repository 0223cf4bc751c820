// Bundles the benchmark's minimal program from the built packages, as a page would load it, and refuses it if it has outgrown its budget.
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import { root } from './workspace.mjs'

// Minified and compressed with gzip, in bytes. Raise it only for what is worth it to every page.
const budget = 83_600

const bundle = await rolldown({ input: join(root, 'apps/benchmark/src/minimal/neurite.ts'), platform: 'browser' })
const { output } = await bundle.generate({ format: 'esm', minify: true })
await bundle.close()

const [program] = output
const size = gzipSync(program.code, { level: 9 }).length
const summary = `the minimal program has ${size} bytes of ${budget} (minified, gzip)`
if (program.imports.length > 0)
  throw new Error(`The minimal program is no single file: it imports ${program.imports.join(', ')}.`)
if (size > budget) throw new Error(`${summary}. Before minification:\n${composition()}`)
console.log(summary)

/** Bytes of each file in the bundle, largest first. */
function composition() {
  return Object.entries(program.modules)
    .map(([file, { renderedLength }]) => ({ file: file.replace(root, ''), renderedLength }))
    .sort((a, b) => b.renderedLength - a.renderedLength)
    .map(({ file, renderedLength }) => `${String(renderedLength).padStart(8)} ${file}`)
    .join('\n')
}
