/** A row of a CSV file as it stands there. */
export interface CsvRecord {
  readonly cells: readonly string[]
  /** The line on which it begins, from 1. */
  readonly line: number
  /** What is wrong with its quotes. */
  readonly problem: string | undefined
}

export interface CsvDialect {
  /** Between cells, one character; a comma if not given. */
  readonly delimiter?: string
  /** Around cells that hold delimiters, line ends or quotes, one character; " if not given. Inside, it is doubled. */
  readonly quote?: string
  /** Lines that begin with this character are left out; none are if not given. */
  readonly comment?: string
}

/** Cells and line ends of any text cannot be told apart unless the characters differ. */
function checkDialect({ delimiter, quote, comment }: Required<CsvDialect>): void {
  const marks = [delimiter, quote, ...(comment === '' ? [] : [comment])]
  if (marks.some((mark) => mark.length !== 1 || mark === '\n' || mark === '\r') || new Set(marks).size < marks.length)
    throw new RangeError(
      `CSV: delimiter, quote and comment must be different single characters and no line ends; got ${JSON.stringify(marks)}.`,
    )
}

const lineFeed = 0x0a
const carriageReturn = 0x0d

type Inside = 'cell start' | 'plain cell' | 'quoted cell' | 'after quote' | 'comment'

/**
 * Splits CSV text (RFC 4180) that comes in pieces into records. Lines end in LF, CR LF or CR. Lines without anything are left out.
 * A quote in the middle of an unquoted cell stands for itself.
 */
export class CsvSplitter {
  readonly #delimiter: string
  readonly #quote: string
  readonly #comment: string
  #inside: Inside = 'cell start'
  #cells: string[] = []
  #cell = ''
  #isQuoted = false
  #problem: string | undefined
  #line = 1
  #recordLine = 1
  #quoteLine = 1
  #lastWasReturn = false

  constructor({ delimiter = ',', quote = '"', comment = '' }: CsvDialect = {}) {
    checkDialect({ delimiter, quote, comment })
    this.#delimiter = delimiter
    this.#quote = quote
    this.#comment = comment
  }

  /** The records that end in this piece. */
  push(text: string): CsvRecord[] {
    const records: CsvRecord[] = []
    let at = 0
    while (at < text.length) {
      if (this.#inside !== 'quoted cell') {
        if (this.#lastWasReturn && text[at] === '\n') at++
        this.#lastWasReturn = false
      }
      if (at < text.length) at = this.#step(text, at, records)
    }
    return records
  }

  /** The last record, if its line does not end. */
  finish(): CsvRecord[] {
    const records: CsvRecord[] = []
    if (this.#inside === 'quoted cell')
      this.#problem = `the quote that is opened on line ${this.#quoteLine} is never closed.`
    if (this.#inside !== 'comment' && this.#inside !== 'cell start') this.#endRecord(records)
    else if (this.#cells.length > 0) this.#endRecord(records)
    return records
  }

  /** Reads from `at` to where something else begins, and gives that place. */
  #step(text: string, at: number, records: CsvRecord[]): number {
    switch (this.#inside) {
      case 'quoted cell':
        return this.#readQuoted(text, at)
      case 'comment':
        return this.#readComment(text, at)
      case 'after quote':
        return this.#readAfterQuote(text, at, records)
      case 'cell start':
        if (text[at] === this.#quote) {
          this.#inside = 'quoted cell'
          this.#isQuoted = true
          this.#quoteLine = this.#line
          return at + 1
        }
        if (text[at] === this.#comment && this.#cells.length === 0) {
          this.#inside = 'comment'
          return at + 1
        }
        this.#inside = 'plain cell'
        return this.#readPlain(text, at, records)
      case 'plain cell':
        return this.#readPlain(text, at, records)
    }
  }

  #readPlain(text: string, at: number, records: CsvRecord[]): number {
    const delimiter = this.#delimiter.charCodeAt(0)
    let end = at
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      if (code === delimiter || code === lineFeed || code === carriageReturn) break
    }
    this.#cell += text.slice(at, end)
    return end < text.length ? this.#separate(text[end]!, end, records) : end
  }

  #readQuoted(text: string, at: number): number {
    const end = text.indexOf(this.#quote, at)
    const part = text.slice(at, end < 0 ? text.length : end)
    this.#cell += part
    for (let i = 0; i < part.length; i++) {
      // CR LF is one line end, also where a piece ends between them.
      if (part[i] === '\n' && !this.#lastWasReturn) this.#line++
      this.#lastWasReturn = part[i] === '\r'
      if (this.#lastWasReturn) this.#line++
    }
    if (end < 0) return text.length
    this.#lastWasReturn = false
    this.#inside = 'after quote'
    return end + 1
  }

  #readAfterQuote(text: string, at: number, records: CsvRecord[]): number {
    const character = text[at]!
    if (character === this.#quote) {
      this.#cell += this.#quote
      this.#inside = 'quoted cell'
      return at + 1
    }
    if (this.#isSeparator(character)) return this.#separate(character, at, records)
    this.#problem ??= `text follows the closing quote of cell ${this.#cells.length + 1}; quotes inside of quotes are doubled.`
    this.#inside = 'plain cell'
    return at
  }

  #readComment(text: string, at: number): number {
    const end = text.slice(at).search(/[\r\n]/)
    if (end < 0) return text.length
    this.#endLine(text[at + end]!)
    return at + end + 1
  }

  #isSeparator(character: string): boolean {
    return character === this.#delimiter || character === '\n' || character === '\r'
  }

  #separate(separator: string, at: number, records: CsvRecord[]): number {
    if (separator === this.#delimiter) {
      this.#endCell()
    } else {
      this.#endRecord(records)
      this.#endLine(separator)
    }
    return at + 1
  }

  #endCell(): void {
    this.#cells.push(this.#cell)
    this.#cell = ''
    this.#inside = 'cell start'
  }

  #endRecord(records: CsvRecord[]): void {
    this.#endCell()
    if (this.#cells.length > 1 || this.#cells[0] !== '' || this.#isQuoted)
      records.push({ cells: this.#cells, line: this.#recordLine, problem: this.#problem })
    this.#cells = []
    this.#problem = undefined
    this.#isQuoted = false
  }

  #endLine(end: string): void {
    this.#inside = 'cell start'
    this.#lastWasReturn = end === '\r'
    this.#line++
    this.#recordLine = this.#line
  }
}
