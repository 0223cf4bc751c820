/**
 * What a column holds: numbers; whole numbers; truth values; days or times (ISO 8601, in milliseconds since 1970 UTC); categories, which
 * are a few words that come again and again; or any text.
 */
export type ColumnKind = 'number' | 'integer' | 'boolean' | 'date' | 'category' | 'text'

/** A column's kind, and for categories the only ones there may be, in their order. */
export type ColumnType = ColumnKind | { readonly categories: readonly string[] }

/** What a cell of a column is: NaN is a missing number or date, undefined anything else that is missing. */
export type CellValue<Type extends ColumnType> = Type extends 'number' | 'integer' | 'date'
  ? number
  : Type extends 'boolean'
    ? boolean | undefined
    : Type extends { readonly categories: readonly (infer Category)[] }
      ? Category | undefined
      : string | undefined

export function kindOf(type: ColumnType): ColumnKind {
  return typeof type === 'string' ? type : 'category'
}

/** What stands for a missing value where the reader is not told: nothing, or what pandas takes for it, or a question mark. */
export const missingMarks: readonly string[] = [
  '',
  '?',
  'NA',
  'N/A',
  'n/a',
  '<NA>',
  'NaN',
  'nan',
  'null',
  'NULL',
  'None',
]

/**
 * The value of a cell.
 * @throws RangeError that says what it should be and is not.
 */
export function parseCell(
  text: string,
  type: ColumnType,
  missing: ReadonlySet<string>,
): number | boolean | string | undefined {
  const trimmed = text.trim()
  const isMissing = missing.has(trimmed)
  switch (type) {
    case 'number':
      return isMissing ? Number.NaN : expectParsed(parseNumber(trimmed), text, 'no number')
    case 'integer':
      return isMissing ? Number.NaN : expectParsed(parseInteger(trimmed), text, 'no whole number')
    case 'date':
      return isMissing ? Number.NaN : expectParsed(parseDate(trimmed), text, 'no ISO 8601 date')
    case 'boolean':
      return isMissing ? undefined : expectParsed(parseBoolean(trimmed), text, 'neither true nor false')
    case 'category':
      return isMissing ? undefined : trimmed
    case 'text':
      return isMissing ? undefined : text
    default:
      if (isMissing || type.categories.includes(trimmed)) return isMissing ? undefined : trimmed
      throw new RangeError(`${JSON.stringify(text)} is none of the categories ${type.categories.join(', ')}.`)
  }
}

function expectParsed<Value>(value: Value | undefined, text: string, wrong: string): Value {
  if (value === undefined) throw new RangeError(`${JSON.stringify(text)} is ${wrong}.`)
  return value
}

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
const infinite = /^([+-]?)inf(inity)?$/i

function parseNumber(text: string): number | undefined {
  if (decimal.test(text)) return Number(text)
  const sign = infinite.exec(text)?.[1]
  return sign === undefined ? undefined : sign === '-' ? -Infinity : Infinity
}

function parseInteger(text: string): number | undefined {
  const number = parseNumber(text)
  return Number.isSafeInteger(number) ? number : undefined
}

const truthValues: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['1', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['0', false],
])

function parseBoolean(text: string): boolean | undefined {
  return truthValues.get(text)
}

const isoDate = /^\d{4}-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?)?$/

/** Milliseconds since 1970 UTC. A time without a zone is UTC: the same file gives the same numbers everywhere. */
function parseDate(text: string): number | undefined {
  const [, , time, , , zone] = isoDate.exec(text) ?? []
  if (!isoDate.test(text)) return undefined
  const standard = text.replace(' ', 'T').replace(/([+-]\d{2})(\d{2})$/, time === undefined ? '$&' : '$1:$2')
  const milliseconds = Date.parse(time !== undefined && zone === undefined ? `${standard}Z` : standard)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

/** Categories of at most this many different values are categories even if most rows have one of their own. */
const fewCategories = 20

/**
 * The kind that fits all values of a column: the first of boolean, integer, number and date that all of them are, else categories, or
 * text where there are more than 20 different ones and more than half as many as rows. Number if there is none.
 */
export function inferKind(texts: readonly string[]): ColumnKind {
  const values = [...new Set(texts.map((text) => text.trim()))]
  const all = (parse: (text: string) => unknown): boolean => values.every((text) => parse(text) !== undefined)
  if (values.length === 0) return 'number'
  if (all(parseInteger)) return 'integer'
  // After integers: 0 and 1 alone are more often counts or classes than truth values.
  if (all(parseBoolean)) return 'boolean'
  if (all(parseNumber)) return 'number'
  if (all(parseDate)) return 'date'
  return values.length > fewCategories && values.length > texts.length / 2 ? 'text' : 'category'
}
