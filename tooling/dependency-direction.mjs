import { posix } from 'node:path'
import { findCycles } from './cycles.mjs'
import { allowedDependencies, areas } from './dependency-rules.mjs'
import { importViolation } from './import-rule.mjs'
import { readImports } from './imports.mjs'
import { isTest, listFiles, readManifest, readWorkspace } from './workspace.mjs'

/** @typedef {import('./workspace.mjs').WorkspacePackage} WorkspacePackage */

/**
 * A source file and what it imports.
 * @typedef {{ path: string, imports: import('./imports.mjs').Import[] }} SourceFile
 */

/**
 * Every import and declared dependency of the workspace in `directory` that breaks the rules, one line each.
 * @param {string} directory
 * @returns {string[]}
 */
export function findViolations(directory) {
  const workspace = readWorkspace(directory)
  const testPackages = Object.keys(readManifest(directory).devDependencies ?? {})
  return [
    ...cyclesBetweenPackages(workspace),
    ...workspace.flatMap((owner) => {
      const files = listFiles(directory, `${owner.folder}/src`, (path) => path.endsWith('.ts')).map((path) => ({
        path,
        imports: readImports(directory, path),
      }))
      return [
        ...dependencyViolations(owner),
        ...files.flatMap(({ path, imports }) =>
          imports.flatMap(({ specifier, line }) => {
            const reason = importViolation(specifier, { path, owner, workspace, testPackages })
            return reason === undefined ? [] : [`${path}:${line} ${reason}`]
          }),
        ),
        ...cyclesBetweenFiles(files),
      ]
    }),
  ]
}

/**
 * Dependencies in package.json that the table does not allow.
 * @param {WorkspacePackage} owner
 */
function dependencyViolations({ folder, manifest: { dependencies, optionalDependencies, peerDependencies } }) {
  const allowed = allowedDependencies(folder)
  if (allowed === 'any') return []
  if (!areas.some(({ path }) => path === `${folder}/`)) return [`${folder} has no line in tooling/dependency-rules.mjs`]
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
    .filter((name) => !allowed.includes(name))
    .map((name) => `${folder}/package.json depends on ${name}; allowed: ${allowed.join(', ') || 'nothing'}`)
}

/**
 * Cycles in package.json files, devDependencies included: the packages of a cycle cannot be built one after the other.
 * @param {WorkspacePackage[]} workspace
 */
function cyclesBetweenPackages(workspace) {
  const edges = new Map(
    workspace.map(({ name, manifest: { dependencies, devDependencies, peerDependencies } }) => [
      name,
      Object.keys({ ...dependencies, ...devDependencies, ...peerDependencies }),
    ]),
  )
  return findCycles(edges).map((cycle) => `packages depend on each other in a circle: ${cycle.join(' → ')}`)
}

/**
 * Cycles among the files of one package, along imports that run.
 * @param {SourceFile[]} files
 */
function cyclesBetweenFiles(files) {
  const edges = new Map(
    files
      .filter(({ path }) => !isTest(path))
      .map(({ path, imports }) => [
        path,
        imports.flatMap(({ specifier, typeOnly }) =>
          specifier?.startsWith('.') && !typeOnly ? [posix.join(posix.dirname(path), specifier)] : [],
        ),
      ]),
  )
  return findCycles(edges).map((cycle) => `files import each other in a circle: ${cycle.join(' → ')}`)
}
