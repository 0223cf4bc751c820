import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

interface RunOptions {
  readonly cwd?: string
  /** Beside the variables of this process. */
  readonly env?: { readonly [name: string]: string }
}

// Node reads such certificates before anything else, which can take longer than the rest of its start; no library needs them.
const environment = (): NodeJS.ProcessEnv => ({ ...process.env, NODE_EXTRA_CA_CERTS: undefined })

/**
 * What a fresh process of Node with these arguments prints.
 * @throws Error with what it complained of, if it fails.
 */
export async function runNode(args: readonly string[], { cwd, env = {} }: RunOptions = {}): Promise<string> {
  const { stdout } = await execute(process.execPath, [...args], { cwd, env: { ...environment(), ...env } }).catch(
    complaint,
  )
  return stdout
}

/** Of all that a failed process has printed, the line with the error. */
function complaint(failure: Error & { readonly stderr?: string }): never {
  throw new Error(failure.stderr?.match(/^\w*Error.*$/m)?.[0] ?? failure.message)
}
