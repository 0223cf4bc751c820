import { type FeatureRows, fitLinearSVM, type LinearSVM, type LinearSVMOptions, scoreOf } from './linear-svm.ts'

/**
 * A support vector machine of few positives and many negatives, of which only the hard ones count: it is fitted to a part of them, then those that it gets
 * wrong or nearly are added, until there are none (Felzenszwalb et al. 2010, as Girshick et al. 2014 do, section 2.3).
 * @param negatives Numbers of rows.
 * @param options `batch`: how many negatives it starts with. Default: three times the positives, at least 100.
 */
export function fitWithHardNegatives(
  rows: FeatureRows,
  positives: ArrayLike<number>,
  negatives: ArrayLike<number>,
  options: LinearSVMOptions & { readonly batch?: number } = {},
): LinearSVM {
  const { batch = Math.max(100, 3 * positives.length) } = options
  let chosen = Array.from(negatives).slice(0, batch)
  let left = Array.from(negatives).slice(batch)
  let machine = fitTo(rows, positives, chosen, options)
  for (;;) {
    const hard = left.filter((i) => scoreOf(machine, rows, i) > -1)
    if (hard.length === 0) return machine
    const added = new Set(hard.slice(0, batch))
    left = left.filter((i) => !added.has(i))
    chosen = [...chosen, ...added]
    machine = fitTo(rows, positives, chosen, options)
  }
}

function fitTo(
  { data, width }: FeatureRows,
  positives: ArrayLike<number>,
  negatives: ArrayLike<number>,
  options: LinearSVMOptions,
): LinearSVM {
  const chosen = [...Array.from(positives), ...Array.from(negatives)]
  const some = new Float32Array(chosen.length * width)
  for (const [place, i] of chosen.entries())
    for (let k = 0; k < width; k++) some[place * width + k] = data[i * width + k]!
  const labels = chosen.map((_, place) => (place < positives.length ? 1 : -1))
  return fitLinearSVM({ data: some, width }, labels, options)
}
