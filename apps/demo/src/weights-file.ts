import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadStateDict, readSafetensors, stateDict, writeSafetensors } from 'neurite'
import { DemoError } from './demo-error.ts'

export interface SavedWeights {
  readonly path: string
  readonly bytes: number
}

/**
 * Saves a model's weights and loads them into another model of the same make. Without `path` the file is a temporary one.
 * @throws DemoError if the file cannot be written.
 */
export async function passWeights(from: object, to: object, path?: string): Promise<SavedWeights> {
  const folder = path === undefined ? await mkdtemp(join(tmpdir(), 'neurite-demo-')) : undefined
  const file = path ?? join(folder!, 'digits.safetensors')
  try {
    const bytes = await writeSafetensors(stateDict(from))
    await writeFile(file, bytes).catch((error: Error) => {
      throw new DemoError(`--save ${file}: ${error.message}`)
    })
    loadStateDict(to, readSafetensors(await readFile(file)))
    return { path: file, bytes: bytes.length }
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true })
  }
}
