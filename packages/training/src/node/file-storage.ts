import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { CheckpointStorage } from '../checkpoint/storage.ts'

let written = 0

/**
 * A checkpoint in a file. New bytes go into a file beside it, reach the disk, and take the name: whenever the process or the
 * machine ends, the file is the old one or the new one, whole. The folder is made if it is missing.
 */
export function fileStorage(path: string): CheckpointStorage {
  return {
    read: () =>
      readFile(path).catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : fail(error))),
    write: (bytes) => replaceFile(path, bytes),
  }
}

/** Writes a file so that it is never seen half written. */
export async function replaceFile(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  await removeLeftovers(path)
  const partial = `${path}.${process.pid}-${written++}.partial`
  try {
    const file = await open(partial, 'wx')
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  await syncFolder(folder)
}

/** Files that processes left which were killed while they wrote. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path)
  for (const name of await readdir(folder)) {
    const [, process_] = name.startsWith(`${basename(path)}.`) ? (/\.(\d+)-\d+\.partial$/.exec(name) ?? []) : []
    if (process_ !== undefined && !isRunning(Number(process_))) await rm(join(folder, name), { force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The new name is on the disk when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  // Windows has no such thing, and does not need it.
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function fail(error: Error): never {
  throw error
}
