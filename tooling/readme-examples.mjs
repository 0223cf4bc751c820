// What the fenced blocks of a README promise. A `ts` block is a whole program: it compiles, runs, and
//   `// → text`     stands after what prints a line: the program prints exactly this text (`…` stands for any), in this order;
//   `// error: text` stands on a line that must not compile, or alone below it: the compiler's message there contains the text.
// A block with an `error` is only compiled.

/**
 * A `ts` block: its first line's number in the README, its code, and what it promises. Lines of `errors` count from 1 in `code`.
 * @typedef {{ line: number, code: string, prints: string[], errors: { line: number, text: string }[] }} Example
 */

/**
 * The `ts` blocks of a README.
 * @param {string} markdown
 * @returns {Example[]}
 * @throws {Error} if a block is left open, or written as TypeScript or JavaScript under another name, which would not be checked
 */
export function readExamples(markdown) {
  /** @type {Example[]} */
  const examples = []
  /** @type {{ language: string, line: number, code: string[] } | undefined} */
  let block
  for (const [index, text] of markdown.split(/\r?\n/).entries()) {
    const fence = /^```(.*)$/.exec(text)
    if (!fence) {
      block?.code.push(text)
    } else if (!block) {
      block = { language: fence[1]?.trim() ?? '', line: index + 2, code: [] }
      if (/^(typescript|javascript|js|mjs|tsx)\b/.test(block.language)) {
        throw new Error(`line ${index + 1}: write \`\`\`ts: a block of ${block.language} is not checked`)
      }
    } else {
      if (block.language === 'ts') examples.push({ line: block.line, ...promises(block.code) })
      block = undefined
    }
  }
  if (block) throw new Error(`line ${block.line - 1}: the block is never closed`)
  return examples
}

/** @param {string[]} lines */
function promises(lines) {
  /** @type {{ code: string, prints: string[], errors: { line: number, text: string }[] }} */
  const example = { code: `${lines.join('\n')}\n`, prints: [], errors: [] }
  for (const [index, text] of lines.entries()) {
    const [, before = '', kind, promised = ''] = /^(.*?)\/\/ (→|error:) (.*)$/.exec(text) ?? []
    if (kind === '→') example.prints.push(promised.trim())
    if (kind === 'error:') {
      const line = before.trim() === '' ? lineAbove(lines, index) : index + 1
      example.errors.push({ line, text: promised.trim() })
    }
  }
  return example
}

/**
 * The number of the nearest line of code above `lines[index]`, counted from 1.
 * @param {string[]} lines
 * @param {number} index
 */
function lineAbove(lines, index) {
  const above = lines.slice(0, index).findLastIndex((text) => !/^\s*(\/\/.*)?$/.test(text))
  return above + 1
}

/**
 * The first of `promised` that `output` does not print, or undefined.
 * @param {string[]} promised
 * @param {string} output
 */
export function firstUnprinted(promised, output) {
  const printed = output.split('\n').map((text) => text.trim())
  let position = 0
  return promised.find((text) => {
    const pattern = new RegExp(`^${text.split('…').map(escapeRegExp).join('.*')}$`)
    const found = printed.findIndex((candidate, index) => index >= position && pattern.test(candidate))
    position = found + 1
    return found < 0
  })
}

/** @param {string} text */
function escapeRegExp(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
