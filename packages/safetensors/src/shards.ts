import type { Tensor } from '@neurite/tensor'
import { SafetensorsError, showName } from './errors.ts'
import type { SafetensorsFile } from './safetensors-file.ts'

/** A model in several files, as one. */
export interface SafetensorsShards extends AsyncIterable<readonly [name: string, tensor: Tensor]> {
  readonly names: readonly string[]
  tensor(name: string): Promise<Tensor>
  tensors(names?: readonly string[]): Promise<Record<string, Tensor>>
}

/**
 * Opens a model that is spread over several files by its `model.safetensors.index.json`. Files are opened when a tensor in them is asked for.
 *
 *     const model = openSafetensorsShards(await readFile(`${folder}/model.safetensors.index.json`, 'utf8'), async (file) =>
 *       openSafetensors(await open(`${folder}/${file}`)))
 *
 * @param index the JSON text: `{ "weight_map": { tensor: file, … } }`.
 * @param openFile opens a file by its name, which never names another folder.
 * @throws SafetensorsError if the index is malformed.
 */
export function openSafetensorsShards(
  index: string,
  openFile: (file: string) => Promise<SafetensorsFile>,
): SafetensorsShards {
  const fileOf = weightMap(index)
  const opened = new Map<string, Promise<SafetensorsFile>>()
  const names = [...fileOf.keys()]

  async function tensor(name: string): Promise<Tensor> {
    const file = fileOf.get(name)
    if (file === undefined) throw new SafetensorsError(`There is no tensor ${showName(name)} in the index.`)
    const known = opened.get(file) ?? openFile(file)
    opened.set(file, known)
    return (await known).tensor(name)
  }

  return {
    names,
    tensor,
    async tensors(wanted = names) {
      const found: Record<string, Tensor> = Object.create(null)
      for (const name of wanted) found[name] = await tensor(name)
      return found
    },
    async *[Symbol.asyncIterator]() {
      for (const name of names) yield [name, await tensor(name)] as const
    },
  }
}

function weightMap(index: string): ReadonlyMap<string, string> {
  let content: unknown
  try {
    content = JSON.parse(index)
  } catch (cause) {
    throw new SafetensorsError('The index is no valid JSON.', { cause })
  }
  const map = isObject(content) ? content.weight_map : undefined
  if (!isObject(map)) throw new SafetensorsError('The index has no weight_map, an object of file names.')
  return new Map(
    Object.entries(map).map(([name, file]) => {
      if (typeof file !== 'string' || !/^[\w.-]+$/.test(file) || /^\.+$/.test(file))
        throw new SafetensorsError(
          `The index says that tensor ${showName(name)} is in ${showName(String(file))}, which is no plain file name.`,
        )
      return [name, file]
    }),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
