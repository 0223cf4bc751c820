// The packages of this workspace, as the other scripts see them.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The fields of a package.json that the scripts read.
 * @typedef {{
 *   name: string
 *   version: string
 *   private?: boolean
 *   exports?: Record<string, unknown>
 *   dependencies?: Record<string, string>
 *   devDependencies?: Record<string, string>
 *   peerDependencies?: Record<string, string>
 *   optionalDependencies?: Record<string, string>
 * }} Manifest
 */

/**
 * A package of the workspace; `folder` is relative to the root and uses `/`: `packages/tensor`.
 * @typedef {{ name: string, folder: string, manifest: Manifest }} WorkspacePackage
 */

/** The repository's root folder. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Every package and app under `directory`, sorted by folder.
 * @param {string} directory
 * @returns {WorkspacePackage[]}
 */
export function readWorkspace(directory) {
  return ['packages', 'apps']
    .flatMap((parent) =>
      existsSync(join(directory, parent))
        ? readdirSync(join(directory, parent))
            .sort()
            .map((name) => `${parent}/${name}`)
        : [],
    )
    .filter((folder) => existsSync(join(directory, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: readManifest(join(directory, folder)) }))
    .map(({ folder, manifest }) => ({ name: manifest.name, folder, manifest }))
}

/**
 * The packages that are published.
 * @param {WorkspacePackage[]} workspace
 */
export function publishable(workspace) {
  return workspace.filter(({ manifest }) => manifest.private !== true)
}

/**
 * The package.json in `directory`.
 * @param {string} directory
 * @returns {Manifest}
 */
export function readManifest(directory) {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
}

/**
 * Every file below `directory/folder` that `accept`s its path, relative to `directory` with `/` between the parts.
 * @param {string} directory
 * @param {string} folder
 * @param {(path: string) => boolean} accept
 * @returns {string[]}
 */
export function listFiles(directory, folder, accept) {
  if (!existsSync(join(directory, folder))) return []
  return readdirSync(join(directory, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter(accept)
    .sort()
}

/**
 * Tests and the code that only tests use: neither published nor bound to the dependency direction.
 * @param {string} path
 */
export function isTest(path) {
  return /\.test(-d)?\.ts$/.test(path) || path.includes('/src/test/')
}
