import type { NamedSource } from './byte-source.ts'

/** What is used of Node's `fs`. */
interface FileSystem {
  createReadStream(path: string): AsyncIterable<Uint8Array>
  readdirSync(path: string, options: { withFileTypes: true }): { readonly name: string; isDirectory(): boolean }[]
  statSync(path: string): { isFile(): boolean }
}

/**
 * A file of the machine, for the readers: `readCsv(openFile('iris.csv'))`. It is opened when it is read, and again for every epoch.
 * @throws Error if the environment has no files: in a page, give a File, a Response or a URL.
 */
export function openFile(path: string): NamedSource {
  const files = fileSystem('openFile')
  return { name: path, open: () => files.createReadStream(path) }
}

/** Asked for at run time, so that bundles for pages do not contain it. */
export function fileSystem(what: string): FileSystem {
  const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): unknown } }
  const files = process?.getBuiltinModule?.('node:fs')
  if (files === undefined)
    throw new Error(`${what}: this environment has no files; give the reader a File, a Response or a URL.`)
  return files as FileSystem
}
