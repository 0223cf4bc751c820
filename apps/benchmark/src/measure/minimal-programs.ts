// The size of a program that does no more than learn XOR with a library, as a page would load it.

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import type { MinimalProgram } from '../libraries/library.ts'
import { attempt, type Contestant, type Outcome } from './outcome.ts'
import { runNode } from './run-node.ts'

/** Makes Node look like a page. */
const pageGlobals = new URL('./page-globals.js', import.meta.url).href
const resolve = createRequire(import.meta.url).resolve

/** Bundled, minified and compressed with gzip, in KB: the program, and what it loads to learn, in chunks of its own or in files beside it. */
export async function minimalProgramSizes(contestants: readonly Contestant[]): Promise<Outcome[]> {
  return Promise.all(
    contestants.map(
      async ({ minimalProgram }) => minimalProgram && attempt(async () => [await minimalProgramSize(minimalProgram)]),
    ),
  )
}

async function minimalProgramSize({ file, loads = [] }: MinimalProgram): Promise<number> {
  const files = await bundled(fileURLToPath(new URL(`../minimal/${file}.js`, import.meta.url)))
  for (const path of loads) files.set(path.split('/').at(-1)!, await readFile(resolve(path)))
  const loaded = await filesLoadedToLearn(files)
  for (const path of loads) loaded.add(path.split('/').at(-1)!)
  return [...loaded].reduce((sum, name) => sum + gzipSync(files.get(name)!, { level: 9 }).length, 0) / 1000
}

const entry = 'program.js'

/** The program and the chunks that it may ask for, by file name. */
async function bundled(input: string): Promise<Map<string, string | Buffer>> {
  const bundle = await rolldown({ input, platform: 'browser', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm', minify: true, entryFileNames: entry })
  await bundle.close()
  return new Map(output.flatMap((chunk) => (chunk.type === 'chunk' ? [[chunk.fileName, chunk.code]] : [])))
}

/** Runs the program: bundles can lack what a library finds at run time only, such as gradients. Gives the scripts that it loaded. */
async function filesLoadedToLearn(files: ReadonlyMap<string, string | Buffer>): Promise<Set<string>> {
  const folder = await mkdtemp(join(tmpdir(), 'neurite-benchmark-'))
  try {
    for (const [name, content] of files) {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    const coverage = join(folder, 'coverage')
    const stdout = await runNode(['--import', pageGlobals, entry], { cwd: folder, env: { NODE_V8_COVERAGE: coverage } })
    const loss = Number(stdout.trim().split('\n').at(-1))
    if (!(loss < 0.3)) throw new Error(`the bundled program does not learn: its last loss is ${stdout.trim()}`)
    const [report] = await readdir(coverage)
    const { result } = JSON.parse(await readFile(join(coverage, report!), 'utf8'))
    const addresses = new Set(result.map(({ url }: { readonly url: string }) => url))
    return new Set([...files.keys()].filter((name) => addresses.has(pathToFileURL(join(folder, name)).href)))
  } finally {
    await rm(folder, { recursive: true })
  }
}
