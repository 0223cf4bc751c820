import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './run-quietly.mjs'
import { publishable, readWorkspace, root } from './workspace.mjs'

/** @typedef {import('./workspace.mjs').WorkspacePackage & { tarball: string }} PackedPackage */

/**
 * Packs every publishable package as it would be uploaded, into a folder outside the workspace that is deleted afterwards.
 * @template Result
 * @param {(packages: PackedPackage[], directory: string) => Promise<Result>} use
 * @returns {Promise<Result>}
 */
export async function withPackedPackages(use) {
  const directory = mkdtempSync(join(tmpdir(), 'neurite-packed-'))
  try {
    const packages = publishable(readWorkspace(root))
    const filters = packages.map(({ name }) => `--filter=${name}`)
    const { code, output } = await run('pnpm', [...filters, 'pack', '--pack-destination', directory])
    if (code !== 0) throw new Error(`pnpm pack failed:\n${output}`)
    const tarballs = readdirSync(directory)
    return await use(
      packages.map((each) => ({ ...each, tarball: join(directory, tarballOf(each, tarballs)) })),
      directory,
    )
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/**
 * @param {import('./workspace.mjs').WorkspacePackage} packed
 * @param {string[]} tarballs
 */
function tarballOf({ name, manifest: { version } }, tarballs) {
  const expected = `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
  if (!tarballs.includes(expected)) throw new Error(`pnpm pack wrote no ${expected}`)
  return expected
}
