// What the nets take as patterns, and what they ask of them.

import { ShapeError, showShape, Tensor, tensor } from '@neurite/tensor'

/** One pattern of N values: a list, a typed array, or a tensor [N]. */
export type Pattern = ArrayLike<number> | Tensor

/** M patterns of N values each: a list of them, or a tensor [M, N]. */
export type Patterns = readonly ArrayLike<number>[] | Tensor

/** Patterns as rows of one array, row-major. */
export interface Rows {
  readonly count: number
  readonly size: number
  readonly data: Float64Array
}

/** What the values of a pattern may be. */
export type PatternValues = 'bipolar' | 'binary' | 'real'

/**
 * The pattern's values.
 * @throws ShapeError if there are not `size` of them (any number if undefined); RangeError if one is not of the kind `values`.
 */
export function readPattern(
  where: string,
  pattern: Pattern,
  values: PatternValues,
  size: number | undefined,
): Float64Array {
  if (pattern instanceof Tensor && pattern.rank !== 1)
    throw new ShapeError(`${where}: takes one pattern [N]; got a tensor ${showShape(pattern.shape)}.`)
  const data = Float64Array.from(pattern instanceof Tensor ? pattern.dataSync() : pattern)
  if (size !== undefined && data.length !== size)
    throw new ShapeError(`${where}: the pattern has ${data.length} values; the net takes ${size}.`)
  checkValues(where, data, values, (index) => `the pattern's value ${index}`)
  return data
}

/**
 * The patterns as rows.
 * @throws ShapeError if there is none, or they differ in size, or the size is not `size` (any if undefined); RangeError if a value is not of the kind `values`.
 */
export function readPatterns(where: string, patterns: Patterns, values: PatternValues, size: number | undefined): Rows {
  const rows = patterns instanceof Tensor ? rowsOfTensor(where, patterns) : rowsOfLists(where, patterns)
  if (rows.count === 0) throw new ShapeError(`${where}: there is no pattern; at least one is needed.`)
  if (size !== undefined && rows.size !== size)
    throw new ShapeError(`${where}: the patterns have ${rows.size} values; the net takes ${size}.`)
  checkValues(
    where,
    rows.data,
    values,
    (index) => `value ${index % rows.size} of pattern ${Math.floor(index / rows.size)}`,
  )
  return rows
}

/** The pattern in row `index`, a view. */
export function rowOf({ data, size }: Rows, index: number): Float64Array {
  return data.subarray(index * size, (index + 1) * size)
}

/** A vector as the nets compute with it. */
export function vector(data: ArrayLike<number>): Tensor<[number], 'float64'> {
  return tensor(Float64Array.from(data))
}

/** Rows as the nets compute with them: [count, size]. */
export function matrix({ data, count, size }: Rows): Tensor<[number, number], 'float64'> {
  return tensor(data, { shape: [count, size] })
}

function rowsOfTensor(where: string, patterns: Tensor): Rows {
  if (patterns.rank !== 2)
    throw new ShapeError(`${where}: takes patterns [M, N]; got a tensor ${showShape(patterns.shape)}.`)
  const [count, size] = patterns.shape as [number, number]
  return { count, size, data: Float64Array.from(patterns.dataSync()) }
}

function rowsOfLists(where: string, patterns: readonly ArrayLike<number>[]): Rows {
  const size = patterns[0]?.length ?? 0
  const odd = patterns.findIndex(({ length }) => length !== size)
  if (odd >= 0)
    throw new ShapeError(
      `${where}: pattern ${odd} has ${patterns[odd]!.length} values, the first one ${size}; all need the same number.`,
    )
  const data = new Float64Array(patterns.length * size)
  patterns.forEach((pattern, index) => {
    data.set(pattern, index * size)
  })
  return { count: patterns.length, size, data }
}

const allowed = {
  bipolar: { test: (value: number) => value === 1 || value === -1, what: '−1 or 1' },
  binary: { test: (value: number) => value === 0 || value === 1, what: '0 or 1' },
  real: { test: Number.isFinite, what: 'a finite number' },
}

function checkValues(where: string, data: Float64Array, values: PatternValues, name: (index: number) => string): void {
  const { test, what } = allowed[values]
  const bad = data.findIndex((value) => !test(value))
  if (bad >= 0) throw new RangeError(`${where}: ${name(bad)} is ${data[bad]}; it must be ${what}.`)
}
