// Patterns as pictures: one line of text a row, `#` for a set pixel and `.` for an empty one.

/**
 * The pixels of a picture, row by row: −1 and 1, or 0 and 1 with `binary`.
 *
 * Lines are separated by `|` or line breaks; blanks around them do not count, and `row xN` stands for N equal rows.
 * @throws RangeError if a line has another character or another width than the first.
 */
export function bitmap(picture: string, options: { readonly binary?: boolean } = {}): Float64Array {
  const rows = picture.split(/[|\n]/).flatMap(expandRow)
  const width = rows[0]?.length ?? 0
  const empty = options.binary ? 0 : -1
  return Float64Array.from(
    rows.flatMap((row, index) => {
      if (row.length !== width)
        throw new RangeError(`bitmap: row ${index} has ${row.length} pixels, the first one ${width}.`)
      return [...row].map((pixel) => (pixel === '#' ? 1 : empty))
    }),
  )
}

/** The picture of a pattern, `width` pixels a row: `#` for positive values, `.` for others. */
export function showBitmap(pattern: ArrayLike<number>, width: number): string {
  if (!Number.isInteger(width) || width < 1 || pattern.length % width !== 0)
    throw new RangeError(`showBitmap: ${pattern.length} pixels do not make rows of ${width}.`)
  const rows = Array.from({ length: pattern.length / width }, (_, row) =>
    Array.from({ length: width }, (_, column) => (pattern[row * width + column]! > 0 ? '#' : '.')).join(''),
  )
  return rows.join('\n')
}

function expandRow(line: string): string[] {
  const text = line.trim()
  if (text === '') return []
  const [, pixels, count] = /^([#.]+)(?:\s+x(\d+))?$/.exec(text) ?? []
  if (pixels === undefined)
    throw new RangeError(`bitmap: a row is made of # and ., with xN after it for N equal rows; got “${text}”.`)
  return Array.from({ length: Number(count ?? 1) }, () => pixels)
}
