import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { findCaseFiles, readCaseFile } from './read-cases.ts'

const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const recorded = { name: 'a', kind: 'function', expected: {}, tolerance: { abs: 0, rel: 0 } }

it('reads what is in the format', () => {
  const path = file('good.json', { format: 1, cases: [recorded] })
  expect(readCaseFile(path)).toEqual({ group: 'good', cases: [recorded] })
})

it('finds a file, or all of a folder', () => {
  const path = file('good.json', { format: 1, cases: [] })
  file('notes.md', '')
  expect(findCaseFiles(path)).toEqual([path])
  expect(findCaseFiles(folder)).toContain(path)
  expect(findCaseFiles(folder).every((found) => found.endsWith('.json'))).toBe(true)
  expect(() => findCaseFiles(join(folder, 'absent'))).toThrow('does not exist')
})

it('says what is wrong with others', () => {
  expect(() => readCaseFile(file('x.json', '{'))).toThrow('cannot be read as JSON')
  expect(() => readCaseFile(file('x.json', { format: 2, cases: [] }))).toThrow(
    'is in format 2; this runner reads format 1',
  )
  expect(() => readCaseFile(file('x.json', { format: 1 }))).toThrow('has no list "cases"')
  expect(() => readCaseFile(file('x.json', { format: 1, cases: [{ kind: 'function' }] }))).toThrow(
    'case 0 has no "name"',
  )
  expect(() => readCaseFile(file('x.json', { format: 1, cases: [{ ...recorded, tolerance: 1 }] }))).toThrow(
    'case a has no "tolerance"',
  )
})
