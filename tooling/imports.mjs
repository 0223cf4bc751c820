import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

/**
 * One import, re-export, `import(…)` expression or `import('…')` type. `specifier` is undefined where it is computed.
 * Type-only imports are erased by the compiler; the others load the module (`import { type X }` too: `verbatimModuleSyntax`).
 * @typedef {{ specifier: string | undefined, line: number, typeOnly: boolean }} Import
 */

/**
 * Everything that the file at `directory/path` imports, in order.
 * @param {string} directory
 * @param {string} path
 * @returns {Import[]}
 * @throws {Error} if the file does not parse
 */
export function readImports(directory, path) {
  const source = readFileSync(join(directory, path), 'utf8')
  const { program, errors } = parseSync(path, source)
  if (errors[0]) throw new Error(`${path} does not parse: ${errors[0].message}`)
  /** @type {Import[]} */
  const imports = []
  /** @param {{ start: number, specifier: unknown, typeOnly: boolean }} found */
  const add = ({ start, specifier, typeOnly }) => {
    const line = source.slice(0, start).split('\n').length
    imports.push({ specifier: typeof specifier === 'string' ? specifier : undefined, line, typeOnly })
  }
  new Visitor({
    ImportDeclaration: ({ start, source, importKind }) =>
      add({ start, specifier: source.value, typeOnly: importKind === 'type' }),
    ExportAllDeclaration: ({ start, source, exportKind }) =>
      add({ start, specifier: source.value, typeOnly: exportKind === 'type' }),
    ExportNamedDeclaration: ({ start, source, exportKind }) => {
      if (source) add({ start, specifier: source.value, typeOnly: exportKind === 'type' })
    },
    ImportExpression: ({ start, source }) =>
      add({ start, specifier: 'value' in source ? source.value : undefined, typeOnly: false }),
    TSImportType: ({ start, source }) => add({ start, specifier: source.value, typeOnly: true }),
  }).visit(program)
  return imports
}
