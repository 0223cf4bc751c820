// The size of a program that does no more than learn XOR with a library, as a page would load it.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { rolldown } from 'rolldown'
import type { MinimalProgram } from '../libraries/library.ts'
import { attempt, type Contestant, type Outcome } from './outcome.ts'
import { runNode } from './run-node.ts'

/** Makes Node look like a page. */
const pageGlobals = new URL('./page-globals.js', import.meta.url).href
const resolve = createRequire(import.meta.url).resolve

/** Bundled, minified and compressed with gzip, in KB; with the files that the program loads beside it. */
export async function minimalProgramSizes(contestants: readonly Contestant[]): Promise<Outcome[]> {
  return Promise.all(
    contestants.map(
      async ({ minimalProgram }) => minimalProgram && attempt(async () => [await minimalProgramSize(minimalProgram)]),
    ),
  )
}

async function minimalProgramSize({ file, loads = [] }: MinimalProgram): Promise<number> {
  const code = await bundled(fileURLToPath(new URL(`../minimal/${file}.js`, import.meta.url)))
  const beside = await Promise.all(loads.map((path) => readFile(resolve(path))))
  await checkThatItLearns(
    code,
    loads.map((path) => resolve(path)),
  )
  return [Buffer.from(code), ...beside].reduce((sum, bytes) => sum + gzipSync(bytes, { level: 9 }).length, 0) / 1000
}

async function bundled(input: string): Promise<string> {
  const bundle = await rolldown({ input, platform: 'browser', logLevel: 'silent' })
  const { output } = await bundle.generate({ format: 'esm', minify: true, codeSplitting: false })
  await bundle.close()
  return output[0].code
}

/** Bundles can lack what a library finds at run time only, such as gradients. */
async function checkThatItLearns(code: string, files: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'neurite-benchmark-'))
  try {
    for (const file of files) await writeFile(join(folder, file.split('/').at(-1)!), await readFile(file))
    await writeFile(join(folder, 'program.mjs'), code)
    const stdout = await runNode(['--import', pageGlobals, 'program.mjs'], { cwd: folder })
    const loss = Number(stdout.trim().split('\n').at(-1))
    if (!(loss < 0.3)) throw new Error(`the bundled program does not learn: its last loss is ${stdout.trim()}`)
  } finally {
    await rm(folder, { recursive: true })
  }
}
