// Everything that `pnpm test` checks before it runs the tests: one line a stage, its output only where it fails.
import { runQuietly } from './run-quietly.mjs'

/** @type {readonly [title: string, command: string, argv: string[]][]} */
const stages = [
  ['types', 'tsc', ['-b', '--pretty', 'false']],
  ['lint and format', 'biome', ['ci', '--colors=off', '--error-on-warnings']],
  ['unused code', 'knip', ['--no-progress', '--no-config-hints']],
  ['dependency direction', 'node', ['tooling/check-dependency-direction.mjs']],
  ['packages', 'node', ['tooling/check-packages.mjs']],
  ['size of a minimal program', 'node', ['tooling/check-minimal-program.mjs']],
  ['README examples', 'node', ['tooling/check-readme-examples.mjs']],
  ['release', 'node', ['tooling/check-release.mjs']],
]

process.exitCode = await runAll()

async function runAll() {
  for (const [title, command, argv] of stages) {
    const code = await runQuietly(title, command, argv)
    if (code !== 0) return code
  }
  return 0
}
