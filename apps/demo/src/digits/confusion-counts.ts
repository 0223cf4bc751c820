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
