import { access, constants, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { loadStateDict, readSafetensors, stateDict, writeSafetensors } from 'neurite'
import { DemoError } from './demo-error.ts'

/**
 * Finds out early that a file cannot be written, before there are weights to lose. Leaves no trace.
 * @throws DemoError if its folder is missing or closed, or there is something in its place.
 */
export async function checkWritable(file: string): Promise<void> {
  try {
    await (await open(file, 'r+')).close()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') explain(file)(error as Error)
    await access(dirname(file), constants.W_OK).catch(explain(file))
  }
}

/**
 * Saves the weights of `from` and loads them into `to`, made alike; without `file` by way of a temporary one.
 * @returns the size of the file in bytes.
 * @throws DemoError if the file cannot be written.
 */
export async function passWeights(from: object, to: object, file?: string): Promise<number> {
  if (file === undefined)
    return inTemporaryFolder((folder) => passWeights(from, to, join(folder, 'weights.safetensors')))
  await writeFile(file, await writeSafetensors(stateDict(from))).catch(explain(file))
  const bytes = await readFile(file)
  loadStateDict(to, readSafetensors(bytes))
  return bytes.length
}

function explain(file: string): (error: Error) => never {
  return (error) => {
    throw new DemoError(`--save ${file}: ${error.message}`)
  }
}

async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'neurite-demo-weights-'))
  return work(folder).finally(() => rm(folder, { recursive: true }))
}
