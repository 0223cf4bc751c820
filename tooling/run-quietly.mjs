import { spawn } from 'node:child_process'
import { root } from './workspace.mjs'

/** No colours in what is kept for later, and no notices of tools about themselves. */
const environment = {
  ...process.env,
  FORCE_COLOR: '0',
  NO_COLOR: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
}

/**
 * Runs a program in the root folder and shows one line with its `title` and time; its output only if it fails.
 * All on standard error: what follows a build, a demo say, has standard output for itself.
 * @param {string} title
 * @param {string} command
 * @param {string[]} argv
 * @returns {Promise<number>} the exit code
 */
export async function runQuietly(title, command, argv) {
  const start = performance.now()
  process.stderr.write(title.padEnd(24))
  const { code, output } = await run(command, argv)
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  process.stderr.write(`${seconds.padStart(5)} s${code === 0 ? '' : `  failed\n\n${output.trimEnd()}\n`}\n`)
  return code
}

/**
 * Runs a program and keeps what it prints on both streams, in order.
 * @param {string} command
 * @param {string[]} argv
 * @param {{ cwd?: string }} options
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, argv, { cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    /** @type {Buffer[]} */
    const chunks = []
    child.stdout.on('data', (chunk) => chunks.push(chunk))
    child.stderr.on('data', (chunk) => chunks.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }))
  })
}
