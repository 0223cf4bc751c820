import { SafetensorsError, showName } from './errors.ts'

/**
 * `JSON.parse`, but an object that holds a key twice is an error, where JSON.parse silently keeps the last; and so is a
 * number that is not written as a plain non-negative integer.
 * @throws SafetensorsError also for text that is no JSON.
 */
export function parseStrictJson(text: string): unknown {
  const parsed = parseJson(text)
  checkKeysAndNumbers(text)
  return parsed
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new SafetensorsError('The header is no valid JSON.', { cause })
  }
}

/** Walks valid JSON: since it is valid, a colon outside of a string always follows a key. */
function checkKeysAndNumbers(text: string): void {
  const openObjects: Set<string>[] = []
  let lastString = ''
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (character === '"') {
      const end = closingQuote(text, at)
      lastString = text.slice(at, end + 1)
      at = end
    } else if (character === '{') openObjects.push(new Set())
    else if (character === '}') openObjects.pop()
    else if (character === ':') addKey(openObjects.at(-1)!, JSON.parse(lastString) as string)
    else if (character === '-' || isDigit(character)) at = endOfInteger(text, at)
  }
}

function closingQuote(text: string, open: number): number {
  let at = open + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function addKey(keys: Set<string>, key: string): void {
  if (keys.has(key)) throw new SafetensorsError(`The header names ${showName(key)} twice.`)
  keys.add(key)
}

/** Position of the number's last character. */
function endOfInteger(text: string, start: number): number {
  let end = start
  while (end < text.length && isDigit(text[end]!)) end++
  const next = text[end]
  if (end === start || next === '.' || next === 'e' || next === 'E')
    throw new SafetensorsError(
      `The header holds the number ${text.slice(start, start + 20)}… where only non-negative integers can stand.`,
    )
  return end - 1
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}
