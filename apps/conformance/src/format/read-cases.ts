// Files of recorded cases, found and read.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { RecordedCase } from './recorded.ts'

/** A path on the command line that names no cases, or a file that is none. The message is for the user. */
export class CaseFileError extends Error {
  override readonly name = 'CaseFileError'
}

export interface CaseFile {
  /** Without folder and extension. */
  readonly group: string
  readonly cases: readonly RecordedCase[]
}

/**
 * The case files at a path: the file itself, or all `.json` files of the folder, by name.
 * @throws CaseFileError if there are none.
 */
export function findCaseFiles(path: string): readonly string[] {
  if (!existsSync(path)) throw new CaseFileError(`${path} does not exist.`)
  if (!statSync(path).isDirectory()) return [path]
  const names = readdirSync(path).filter((name) => name.endsWith('.json'))
  if (names.length === 0) throw new CaseFileError(`${path} holds no .json files.`)
  return names.sort().map((name) => join(path, name))
}

/** @throws CaseFileError if the file is not JSON in format 1. */
export function readCaseFile(path: string): CaseFile {
  const content = parse(path)
  if (!isRecord(content) || content.format !== 1)
    throw new CaseFileError(
      `${path} is in format ${isRecord(content) ? String(content.format) : 'unknown'}; this runner reads format 1.`,
    )
  const { cases } = content
  if (!Array.isArray(cases)) throw new CaseFileError(`${path} has no list "cases".`)
  cases.forEach((recorded, i) => {
    checkCase(path, recorded, i)
  })
  return { group: basename(path, '.json'), cases: cases as readonly RecordedCase[] }
}

function parse(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw new CaseFileError(`${path} cannot be read as JSON: ${(error as Error).message}`)
  }
}

function checkCase(path: string, recorded: unknown, i: number): void {
  if (!isRecord(recorded)) throw new CaseFileError(`${path}: case ${i} is not an object.`)
  for (const field of ['name', 'kind'])
    if (typeof recorded[field] !== 'string') throw new CaseFileError(`${path}: case ${i} has no "${field}".`)
  for (const field of ['tolerance', 'expected'])
    if (!isRecord(recorded[field])) throw new CaseFileError(`${path}: case ${recorded.name} has no "${field}".`)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
