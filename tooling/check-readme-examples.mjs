// Compiles and runs every `ts` block of the READMEs against the built packages, as a reader who copies it would.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { firstUnprinted, readExamples } from './readme-examples.mjs'
import { run } from './run-quietly.mjs'
import { publishable, readWorkspace, root } from './workspace.mjs'

/** @typedef {import('./readme-examples.mjs').Example & { readme: string, file: string }} PlacedExample */

const packages = publishable(readWorkspace(root))
const directory = join(root, 'node_modules/.cache/readme-examples')

/** @type {string[]} */
const failures = []
const examples = ['.', ...packages.map(({ folder }) => folder)].flatMap(examplesOf)
prepareProject(examples)
await compile(examples)
for (const example of examples) if (example.errors.length === 0) await runExample(example)
for (const failure of failures) console.error(`${failure}\n`)
process.exitCode = failures.length === 0 ? 0 : 1

/**
 * @param {string} folder
 * @returns {PlacedExample[]}
 */
function examplesOf(folder) {
  const readme = join(folder, 'README.md')
  if (!existsSync(join(root, readme))) {
    failures.push(`${readme} is missing`)
    return []
  }
  try {
    const found = readExamples(readFileSync(join(root, readme), 'utf8'))
    if (!found.some(({ errors }) => errors.length === 0)) failures.push(`${readme} has no example that runs`)
    return found.map((example) => ({ ...example, readme, file: `${folder.replace(/\W/g, '-')}-line-${example.line}` }))
  } catch (error) {
    failures.push(`${readme}: ${error instanceof Error ? error.message : error}`)
    return []
  }
}

/**
 * A project beside the workspace that has every package installed.
 * @param {PlacedExample[]} examples
 */
function prepareProject(examples) {
  rmSync(directory, { recursive: true, force: true })
  for (const { name, folder } of packages) {
    const link = join(directory, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(root, folder), link, 'junction')
  }
  const tsconfig = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions: {
      ...{ outDir: 'out', rootDir: '.', lib: ['es2023', 'dom'], types: ['node'], customConditions: [] },
      ...{ composite: false, declaration: false, declarationMap: false, isolatedDeclarations: false },
      ...{ sourceMap: false, noUnusedLocals: false, noUnusedParameters: false },
    },
    files: examples.map(({ file }) => `${file}.ts`),
  }
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ type: 'module' }))
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(tsconfig))
  // The last line makes a module of an example that neither imports nor exports.
  for (const { file, code } of examples) writeFileSync(join(directory, `${file}.ts`), `${code}export {}\n`)
}

/** @param {PlacedExample[]} examples */
async function compile(examples) {
  const typescript = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
  const { output } = await run(process.execPath, [typescript, '-p', '.', '--pretty', 'false'], { cwd: directory })
  const reports = parseReports(output)
  const other = reports.filter(({ file }) => !examples.some((example) => example.file === file))
  failures.push(...other.map(({ message }) => message))
  for (const { readme, file, line, errors } of examples) {
    const found = reports.filter((report) => report.file === file)
    for (const promised of errors) {
      const at = found.filter((report) => report.line === promised.line)
      if (at.some(({ message }) => message.includes(promised.text))) continue
      const instead = at.map(({ message }) => message).join('\n') || 'the line compiles'
      failures.push(`${readme}:${line + promised.line - 1} promises the error “${promised.text}”, but: ${instead}`)
    }
    const unexpected = found.filter((report) => !errors.some((promised) => promised.line === report.line))
    failures.push(...unexpected.map((report) => `${readme}:${line + report.line - 1} ${report.message}`))
  }
}

/**
 * The compiler's reports, a message of several lines joined to one.
 * @param {string} output
 */
function parseReports(output) {
  return output
    .split(/\n(?! )/)
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const [, file, line, message] = /^(.+)\.ts\((\d+),\d+\): error (?:TS\d+: )?(.*)$/s.exec(text) ?? []
      return { file, line: Number(line), message: (message ?? text).replace(/\s+/g, ' ').trim() }
    })
}

/** @param {PlacedExample} example */
async function runExample({ readme, line, file, prints }) {
  const { code, output } = await run(process.execPath, [join(directory, 'out', `${file}.js`)], { cwd: directory })
  const missing = firstUnprinted(prints, output)
  if (code !== 0) failures.push(`${readme}:${line} fails when run:\n${output}`)
  else if (missing !== undefined)
    failures.push(`${readme}:${line} promises to print “${missing}”, but prints:\n${output}`)
}
