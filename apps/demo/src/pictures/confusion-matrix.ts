/** Counts of (true class, answered class) pairs: entry [t][a] says how often class t was taken for a. */
export function confusionMatrix(labels: ArrayLike<number>, answers: ArrayLike<number>, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]![answers[i]!]! += 1
  return counts
}

/** Share of the answers that are right: the diagonal over everything. */
export function accuracyOf(counts: readonly (readonly number[])[]): number {
  const total = counts.flat().reduce((sum, count) => sum + count, 0)
  const right = counts.reduce((sum, row, label) => sum + row[label]!, 0)
  return right / total
}

/** The matrix as lines of text: one for each true class, with the share of it that was recognised at the end. */
export function showConfusionMatrix(counts: readonly (readonly number[])[]): string[] {
  const width = Math.max(...counts.flat().map((count) => `${count}`.length), 2) + 2
  const cell = (text: string | number): string => `${text}`.padStart(width)
  const lines = [`  true \\ answer ${counts.map((_, answer) => cell(answer)).join('')}    right`]
  counts.forEach((row, label) => {
    const total = row.reduce((sum, count) => sum + count, 0)
    const share = total === 0 ? '-' : `${((100 * row[label]!) / total).toFixed(1)} %`
    const cells = row.map((count) => cell(count === 0 ? '·' : count)).join('')
    lines.push(`${`${label}`.padStart(8)}        ${cells}  ${share.padStart(7)}`)
  })
  return lines
}
