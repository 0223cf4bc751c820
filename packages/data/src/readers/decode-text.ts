import { DataFormatError } from '../data-format-error.ts'

/**
 * The text of bytes in pieces, without a byte order mark.
 * @throws DataFormatError naming the line if the bytes are not text in that encoding.
 */
export async function* decodeText(
  pieces: AsyncIterable<Uint8Array>,
  name: string,
  encoding = 'utf-8',
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  let line = 1
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true })
    } catch (cause) {
      const readable = new TextDecoder(encoding).decode(piece)
      const before = readable.slice(0, Math.max(0, readable.indexOf('\uFFFD')))
      throw new DataFormatError(
        `${name}:${line + countLines(before)}: the bytes are not ${encoding} text; is it in another encoding (option encoding), or no text?`,
        { cause },
      )
    }
  }
  for await (const piece of pieces) {
    const text = decode(piece)
    line += countLines(text)
    if (text !== '') yield text
  }
  const rest = decode()
  if (rest !== '') yield rest
}

function countLines(text: string): number {
  let lines = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines
}
