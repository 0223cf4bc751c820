// Installs the packed packages into empty projects outside the workspace, as a user would, and checks there that
// each program of release-programs/ brings exactly the packages it should, compiles against their types and runs.
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pieces } from './dependency-rules.mjs'
import { withPackedPackages } from './pack.mjs'
import { run } from './run-quietly.mjs'
import { readManifest, root } from './workspace.mjs'

/** @typedef {import('./pack.mjs').PackedPackage} PackedPackage */

const typescript = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

/** What @neurite/data brings to read images and archives: small, without dependencies but for each other, loaded when they are needed. */
const decoders = ['fast-png', 'fflate', 'iobuffer', 'jpeg-js', 'modern-tar']

await withPackedPackages(async (packages, directory) => {
  const everything = ['neurite', ...pieces.map((piece) => `@neurite/${piece}`), ...decoders]
  const small = ['@neurite/autograd', '@neurite/backend-cpu', '@neurite/tensor']
  await checkProgram({ program: 'small', asks: small, brings: [...small, '@neurite/compiler'], packages, directory })
  await checkProgram({ program: 'umbrella', asks: ['neurite'], brings: everything, packages, directory })
})

/**
 * @param {{ program: string, asks: string[], brings: string[], packages: PackedPackage[], directory: string }} options
 *   the program's name, the packages it installs, all of ours that this brings, the tarballs and a folder for the project
 */
async function checkProgram({ program, asks, brings, packages, directory }) {
  const project = join(directory, program)
  writeProject({ program, asks, packages, project })
  await step('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], project)
  const installed = installedPackages(join(project, 'node_modules'))
  const mayBeThere = withDependencies(brings, join(project, 'node_modules'))
  const difference = [
    ...installed.filter((name) => !mayBeThere.has(name)).map((name) => `${name} should not be there`),
    ...brings.filter((name) => !installed.includes(name)).map((name) => `${name} is missing`),
  ]
  if (difference.length > 0)
    throw new Error(`${asks.join(' + ')} brings ${installed.join(', ')}: ${difference.join('; ')}`)
  await step(process.execPath, [typescript, '-p', '.', '--pretty', 'false'], project)
  const output = await step(process.execPath, [`${program}.js`], project)
  console.log(`${program}: ${asks.join(' + ')} brings ${installed.join(', ')}\n${output}`)
}

/**
 * The packages, and what they ask for of others.
 * @param {string[]} names
 * @param {string} folder where they are installed
 */
function withDependencies(names, folder) {
  const found = new Set(names)
  for (const name of found) {
    if (!existsSync(join(folder, name))) continue
    for (const dependency of Object.keys(readManifest(join(folder, name)).dependencies ?? {}))
      if (!/^(@neurite\/|neurite$)/.test(dependency)) found.add(dependency)
  }
  return found
}

/** @param {{ program: string, asks: string[], packages: PackedPackage[], project: string }} options */
function writeProject({ program, asks, packages, project }) {
  const tarballs = Object.fromEntries(packages.map(({ name, tarball }) => [name, `file:${tarball}`]))
  const manifest = {
    private: true,
    type: 'module',
    dependencies: Object.fromEntries(asks.map((name) => [name, tarballs[name]])),
    // What a package asks for comes from its tarball too: these versions are on no registry yet.
    overrides: tarballs,
  }
  const compilerOptions = { module: 'nodenext', target: 'es2022', lib: ['es2023', 'dom'], types: [], strict: true }
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [`${program}.ts`] }))
  copyFileSync(join(root, 'tooling/release-programs', `${program}.ts`), join(project, `${program}.ts`))
}

/**
 * The names of all packages under `folder`, nested ones included.
 * @param {string} folder
 * @returns {string[]}
 */
function installedPackages(folder) {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
    )
  return [...new Set(names.flatMap((name) => [name, ...installedPackages(join(folder, name, 'node_modules'))]))].sort()
}

/**
 * Runs a program in `cwd` and gives what it printed.
 * @param {string} command
 * @param {string[]} argv
 * @param {string} cwd
 */
async function step(command, argv, cwd) {
  const { code, output } = await run(command, argv, { cwd })
  if (code !== 0) throw new Error(`${command} ${argv.join(' ')} failed:\n${output}`)
  return output
}
