// Runs an exported step where there is nothing else: in an empty folder, in a process of its own.

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ExportedStep } from '../index.ts'

/**
 * What a program prints that has `load` and the bytes `wasm`, as JSON.
 * @throws Error if the program fails; the message shows what it wrote
 */
export async function runIsolated(step: ExportedStep, program: string): Promise<unknown> {
  return withFiles(step, async (folder) => {
    const main = [
      `import { readFile } from 'node:fs/promises'`,
      `import { load } from './step.js'`,
      `const wasm = await readFile('step.wasm')`,
      program,
    ].join('\n')
    await writeFile(join(folder, 'main.js'), main)
    const { stdout } = await promisify(execFile)(process.execPath, ['main.js'], { cwd: folder, env: {} })
    return JSON.parse(stdout)
  })
}

/** Gives `use` a folder in which lies the exported step and nothing else but a package.json. */
export async function withFiles<Result>(step: ExportedStep, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'neurite-export-'))
  try {
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await writeFile(join(folder, 'step.wasm'), step.wasm)
    await writeFile(join(folder, 'step.js'), step.javascript)
    await writeFile(join(folder, 'step.d.ts'), step.types)
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
