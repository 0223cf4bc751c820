// Builds the packages named on the command line, or all of them: `node tooling/build.mjs @neurite/demo`.
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-quietly.mjs'
import { listFiles, readWorkspace, root } from './workspace.mjs'

for (const { folder } of readWorkspace(root)) removeStaleOutputs(folder)

const filters = process.argv.slice(2).map((name) => `--filter=${name}`)
process.exitCode = await runQuietly('build', 'turbo', ['run', 'build', '--output-logs=errors-only', ...filters])

/**
 * Deletes outputs whose source has been renamed or deleted: the compiler leaves them, and they would be published. Chunks have
 * no source of their own; the bundler replaces them.
 * @param {string} folder
 */
function removeStaleOutputs(folder) {
  for (const output of listFiles(root, `${folder}/dist`, (path) => /\.(js|d\.ts)(\.map)?$/.test(path))) {
    if (output.startsWith(`${folder}/dist/chunks/`)) continue
    const source = output.replace('/dist/', '/src/').replace(/(\.js|\.d\.ts)(\.map)?$/, '.ts')
    if (!existsSync(join(root, source))) rmSync(join(root, output))
  }
}
