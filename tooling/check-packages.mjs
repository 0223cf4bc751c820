// Fails if publint or "are the types wrong" finds anything amiss in a package as it would be uploaded.
import { readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { withPackedPackages } from './pack.mjs'

/** How importers of ESM-only packages resolve types; `require` and older resolution are not supported. */
const resolutions = ['node16-esm', 'bundler']

await withPackedPackages(async (packages) => {
  for (const { name, tarball } of packages) {
    const data = readFileSync(tarball)
    for (const problem of [...(await publintProblems(data)), ...(await typesProblems(data))]) {
      console.error(`${name}: ${problem}`)
      process.exitCode = 1
    }
  }
})

/** @param {Buffer} data */
async function publintProblems(data) {
  const { buffer, byteOffset, byteLength } = data
  const tarball = buffer.slice(byteOffset, byteOffset + byteLength)
  const { messages, pkg } = await publint({ pack: { tarball: /** @type {ArrayBuffer} */ (tarball) }, strict: true })
  return messages.map((message) => formatMessage(message, pkg, { color: false }))
}

/** @param {Buffer} data */
async function typesProblems(data) {
  const result = await checkPackage(createPackageFromTarballData(data))
  if (result.types === false) return ['has no types']
  return result.problems
    .filter((problem) => !('resolutionKind' in problem) || resolutions.includes(problem.resolutionKind))
    .map(({ kind, ...rest }) => `${kind} ${JSON.stringify(rest)}`)
}
