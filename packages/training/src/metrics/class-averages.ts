import type { ConfusionMatrix } from './confusion-matrix.ts'

/** How figures of single classes become one. */
export type Average = 'binary' | 'macro' | 'weighted' | 'micro' | 'none'

/** What became of the examples and predictions of a class, or of several together. */
export interface ClassTally {
  /** Examples that were predicted rightly. */
  readonly right: number
  readonly predicted: number
  readonly actual: number
}

export function talliesOf(matrix: ConfusionMatrix): ClassTally[] {
  return matrix.map((row, label) => ({
    right: row[label]!,
    predicted: sum(matrix.map((other) => other[label]!)),
    actual: sum(row),
  }))
}

export interface Averaging {
  readonly average: Average
  /** The class of 'binary'. */
  readonly positive: number
  figure(tally: ClassTally): number
}

export function averaged(tallies: readonly ClassTally[], { average, positive, figure }: Averaging): number | number[] {
  switch (average) {
    case 'none':
      return tallies.map(figure)
    case 'binary':
      return figure(tallies[positive]!)
    case 'micro':
      return figure({
        right: sum(tallies.map(({ right }) => right)),
        predicted: sum(tallies.map(({ predicted }) => predicted)),
        actual: sum(tallies.map(({ actual }) => actual)),
      })
    case 'macro': {
      // A class that occurs nowhere says nothing about the classifier.
      const seen = tallies.filter(({ predicted, actual }) => predicted + actual > 0)
      return sum(seen.map(figure)) / seen.length
    }
    case 'weighted': {
      const total = sum(tallies.map(({ actual }) => actual))
      return sum(tallies.map((tally) => figure(tally) * tally.actual)) / total
    }
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
