// Prints the size of every package: lines that are not blank, tests apart, share of comment lines, and the longest file.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isTest, listFiles, readWorkspace, root } from './workspace.mjs'

/** @typedef {{ path: string, lines: number, comments: number, test: boolean }} Measured */

const columns = ['package', 'files', 'lines', 'comments', 'tests', 'longest file']
const measured = readWorkspace(root).map(({ folder }) => ({ folder, files: measure(folder) }))
const rows = [
  ...measured.map(({ folder, files }) => row(folder, files)),
  row(
    'total',
    measured.flatMap(({ files }) => files),
  ),
]
const widths = columns.map((title, column) =>
  Math.max(title.length, ...rows.map((cells) => cells[column]?.length ?? 0)),
)
for (const cells of [columns, ...rows]) {
  console.log(
    cells
      .map((cell, column) => (column % 5 === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
}

/**
 * @param {string} folder
 * @returns {Measured[]}
 */
function measure(folder) {
  return listFiles(root, `${folder}/src`, (path) => path.endsWith('.ts')).map((path) => {
    const lines = readFileSync(join(root, path), 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
    return {
      path,
      lines: lines.length,
      comments: lines.filter((line) => /^\s*(\/\/|\/\*|\*)/.test(line)).length,
      test: isTest(path),
    }
  })
}

/**
 * @param {string} title
 * @param {Measured[]} files
 */
function row(title, files) {
  const sources = files.filter(({ test }) => !test)
  const lines = total(sources, 'lines')
  const longest = sources.reduce(
    (/** @type {Measured | undefined} */ most, file) => (most && most.lines >= file.lines ? most : file),
    undefined,
  )
  return [
    title,
    String(sources.length),
    String(lines),
    lines === 0 ? '' : `${Math.round((100 * total(sources, 'comments')) / lines)} %`,
    String(
      total(
        files.filter(({ test }) => test),
        'lines',
      ),
    ),
    longest ? `${longest.path.replace(`${title}/`, '')} ${longest.lines}` : '',
  ]
}

/**
 * @param {Measured[]} files
 * @param {'lines' | 'comments'} what
 */
function total(files, what) {
  return files.reduce((sum, file) => sum + file[what], 0)
}
