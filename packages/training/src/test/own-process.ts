// Runs a source file of this package in a process of its own, bundled, so that it can be killed.

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** Bundles `name` of this folder. @returns the path of the program, in `folder`. */
export async function bundleProgram(name: string, folder: string): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(name, import.meta.url)),
    platform: 'node',
    resolve: { conditionNames: ['@neurite/source', 'node', 'import'] },
    onLog: () => {},
  })
  const program = join(folder, name.replace(/\.ts$/, '.mjs'))
  await bundle.write({ file: program, codeSplitting: false })
  return program
}

/**
 * Starts the program, and kills it `delay` milliseconds after its first output.
 * @returns whether it was killed, and what it had printed.
 */
export async function runAndKill(
  program: string,
  args: readonly string[],
  delay: number | undefined,
): Promise<{ readonly killed: boolean; readonly out: string }> {
  const child: ChildProcessByStdio<null, Readable, Readable> = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, error] = ['', '']
  child.stdout.on('data', (data) => {
    out += data
  })
  child.stderr.on('data', (data) => {
    error += data
  })
  const closed = once(child, 'close')
  if (delay !== undefined) {
    await Promise.race([once(child.stdout, 'data'), closed])
    await Promise.race([setTimeout(delay), closed])
    child.kill('SIGKILL')
  }
  const [code, signal] = await closed
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`The process ended with ${code}:\n${error}`)
  return { killed: signal === 'SIGKILL', out }
}
