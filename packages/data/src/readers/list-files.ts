import type { ByteSource } from './byte-source.ts'
import { fileSystem, openFile } from './open-file.ts'

/** A file somewhere below a folder. */
export interface FolderFile {
  /** From the folder on, with slashes: `cats/1.png`. */
  readonly path: string
  readonly source: ByteSource
}

/**
 * The files in a folder of the machine and the folders in it, in alphabetical order.
 * @throws Error if there is no such folder, or the environment has no files: in a page, use `filesOfInput`.
 */
export function listFiles(folder: string): FolderFile[] {
  const files = fileSystem('listFiles')
  const walk = (below: string): string[] =>
    files.readdirSync(`${folder}/${below}`, { withFileTypes: true }).flatMap((entry) => {
      const path = below + entry.name
      if (entry.isDirectory()) return walk(`${path}/`)
      return files.statSync(`${folder}/${path}`).isFile() ? [path] : []
    })
  return walk('')
    .sort()
    .map((path) => ({ path, source: openFile(`${folder}/${path}`) }))
}

/** The files that someone chose in a page: of `<input type="file" webkitdirectory>`, by their paths below the folder chosen. */
export function filesOfInput(files: Iterable<File>): FolderFile[] {
  return Array.from(files, (file) => ({
    path: file.webkitRelativePath.slice(file.webkitRelativePath.indexOf('/') + 1) || file.name,
    source: file,
  })).sort((a, b) => (a.path < b.path ? -1 : 1))
}
