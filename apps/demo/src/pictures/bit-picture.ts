import { sideBySide } from './digit-picture.ts'
import type { Colors } from './plane-picture.ts'

/** A pattern of pixels, set where above 0, with a line of text below. */
export interface CaptionedPattern {
  readonly pattern: ArrayLike<number>
  readonly caption: string
}

/** Patterns beside each other as text, `width` pixels a row; every pixel is two characters wide, so that it is square. */
export function bitPictures(patterns: readonly CaptionedPattern[], width: number, colors: Colors): string[] {
  const pictures = patterns.map(({ pattern, caption }) => {
    const rows = Array.from({ length: pattern.length / width }, (_, row) =>
      Array.from({ length: width }, (_, column) => (pattern[row * width + column]! > 0 ? '##' : '··')).join(''),
    )
    return [...rows, caption]
  })
  return sideBySide(pictures, 3).map((line) =>
    line.replaceAll('##', colors.bold('##')).replaceAll('··', colors.dim('··')),
  )
}
