import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DataFormatError, drawDigits, type MnistFiles, readMnistFiles } from 'neurite'
import { DemoError } from '../demo-error.ts'

const drawnForTraining = 8000
const drawnForTesting = 2000

/** Digits to train on and others to test on, drawn by neurite. */
export function drawDigitSets(seed: number): MnistFiles {
  return {
    train: drawDigits({ count: drawnForTraining, seed }),
    // Another seed: a set begins with the shorter ones of its seed, so the same one would repeat the training digits.
    test: drawDigits({ count: drawnForTesting, seed: seed + 2 ** 32 }),
  }
}

/**
 * The sets in a folder of MNIST-format files.
 * @throws DemoError if the folder or a file is missing, damaged or not what its name says.
 */
export async function readDigitSets(folder: string): Promise<MnistFiles> {
  if (!(await isFolder(folder))) throw new DemoError(`--data ${folder}: there is no such folder.`)
  try {
    const sets = await readMnistFiles((name) => readIfPresent(join(folder, name)))
    for (const [part, { count, height, width }] of Object.entries(sets))
      if (count === 0 || height !== 28 || width !== 28)
        throw new DemoError(
          `--data ${folder}: the demo's network takes 28 × 28 images, but the ${part} part has ${count} of ${height} × ${width}.`,
        )
    return sets
  } catch (error) {
    if (error instanceof DataFormatError) throw new DemoError(`--data ${folder}: ${error.message}`)
    throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

async function readIfPresent(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new DemoError(`${path} cannot be read: ${(error as Error).message}`)
  }
}
