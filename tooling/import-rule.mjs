// Whether one import is allowed: declared, exported, inside its package, and down the arrows of dependency-rules.mjs.
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { areaOf, packageName } from './dependency-rules.mjs'
import { isTest } from './workspace.mjs'

/**
 * Where an import stands: the file, the package that owns it, every package of the workspace, and the packages that the
 * root's devDependencies give to all tests.
 * @typedef {{
 *   path: string
 *   owner: import('./workspace.mjs').WorkspacePackage
 *   workspace: import('./workspace.mjs').WorkspacePackage[]
 *   testPackages: string[]
 * }} Place
 */

/**
 * Why the file at `place` may not import `specifier`; undefined if it may.
 * @param {string | undefined} specifier undefined for a computed one
 * @param {Place} place
 * @returns {string | undefined}
 */
export function importViolation(specifier, place) {
  if (specifier === undefined) return computedViolation(place)
  if (specifier.startsWith('.')) return relativeViolation(specifier, place)
  return (
    undeclaredViolation(specifier, place) ?? deepViolation(specifier, place) ?? directionViolation(specifier, place)
  )
}

/** @param {Place} place */
function computedViolation({ path, owner }) {
  if (isTest(path) || owner.manifest.private) return undefined
  return 'imports a computed path: nobody can tell which package it needs'
}

/**
 * @param {string} specifier
 * @param {Place} place
 */
function relativeViolation(specifier, { path, owner }) {
  const target = posix.join(posix.dirname(path), specifier)
  if (!target.startsWith(`${owner.folder}/`)) return `imports ${specifier}, which lies outside its package`
  if (isTest(path)) return undefined
  if (isTest(target)) return `imports ${specifier}, a test: it is not published`
  const { path: area, files } = areaOf(path)
  if (!files || files.some((folder) => target.startsWith(folder))) return undefined
  return `imports ${specifier}; ${area} may import only files of ${files.join(', ')}`
}

/**
 * @param {string} specifier
 * @param {Place} place
 */
function undeclaredViolation(specifier, { path, owner, testPackages }) {
  if (isBuiltin(specifier)) return undefined
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = owner.manifest
  const declared = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
  if (isTest(path)) declared.push(owner.name, ...Object.keys(devDependencies ?? {}), ...testPackages)
  if (declared.includes(packageName(specifier))) return undefined
  return `imports ${specifier}, which ${owner.folder}/package.json does not declare`
}

/**
 * @param {string} specifier
 * @param {Place} place
 */
function deepViolation(specifier, { workspace }) {
  const target = workspace.find(({ name }) => name === packageName(specifier))
  if (!target || `.${specifier.slice(target.name.length)}` in (target.manifest.exports ?? {})) return undefined
  return `imports ${specifier}, which the exports of ${target.name} do not list`
}

/**
 * @param {string} specifier
 * @param {Place} place
 */
function directionViolation(specifier, { path }) {
  const { path: area, packages } = areaOf(path)
  if (isTest(path) || packages === 'any' || packages.includes(specifier)) return undefined
  return `imports ${specifier}; ${area} may import ${packages.join(', ') || 'no package'}`
}

/** @param {string} specifier */
function isBuiltin(specifier) {
  return specifier.startsWith('node:') || builtinModules.includes(specifier)
}
