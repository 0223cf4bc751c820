import type { ConfusionMatrix } from './confusion-matrix.ts'

export interface FormatConfusionMatrixOptions {
  /** Names of the classes; their numbers if not given. */
  readonly labels?: readonly string[]
}

/**
 * The matrix as lines of text: one for each true class, with the share of it that was recognised (its recall) at the end.
 * @throws RangeError if the number of labels is not that of the classes.
 */
export function formatConfusionMatrix(
  counts: ConfusionMatrix,
  { labels = counts.map((_, label) => `${label}`) }: FormatConfusionMatrixOptions = {},
): string[] {
  if (labels.length !== counts.length)
    throw new RangeError(`formatConfusionMatrix: ${labels.length} labels for ${counts.length} classes.`)
  const corner = 'true \\ predicted'
  const nameWidth = Math.max(corner.length, ...labels.map((label) => label.length))
  const width =
    Math.max(2, ...counts.flat().map((count) => `${count}`.length), ...labels.map(({ length }) => length)) + 2
  const line = (name: string, cells: readonly string[], share: string): string =>
    `${name.padStart(nameWidth)}${cells.map((cell) => cell.padStart(width)).join('')}  ${share.padStart(7)}`
  const rows = counts.map((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    const share = total === 0 ? '-' : `${((100 * row[label]!) / total).toFixed(1)} %`
    const cells = row.map((count) => (count === 0 ? '·' : `${count}`))
    return line(labels[label]!, cells, share)
  })
  return [line(corner, labels, 'right'), ...rows]
}
