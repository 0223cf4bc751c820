import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Version of an installed package. */
export function versionOf(name: string): string {
  // Packages do not all export their package.json: it lies where the entry's path has the name last.
  const entry = createRequire(import.meta.url).resolve(name)
  const folder = entry.slice(0, entry.lastIndexOf(name) + name.length)
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')).version
}
