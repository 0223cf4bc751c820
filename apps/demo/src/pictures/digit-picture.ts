import { stripVTControlCharacters } from 'node:util'

const greys = ' .:-=+*#%@'

export interface GreyImage {
  /** height × width values from 0 to 255, row-major. */
  readonly pixels: ArrayLike<number>
  readonly height: number
  readonly width: number
}

/**
 * The image as text, one character for two pixels one above the other, since characters are about twice as high as wide.
 * `margin` pixels are left out on every side.
 */
export function digitPicture({ pixels, height, width }: GreyImage, margin = 0): string[] {
  const lines: string[] = []
  for (let row = margin; row < height - margin; row += 2) {
    let line = ''
    for (let column = margin; column < width - margin; column++) {
      const upper = pixels[row * width + column]!
      const lower = row + 1 < height ? pixels[(row + 1) * width + column]! : upper
      line += greys[Math.floor(((upper + lower) / 2 / 256) * greys.length)]
    }
    lines.push(line)
  }
  return lines
}

/** Pictures beside each other, `gap` spaces apart; lines are filled up to the width of their picture. Colours take no width. */
export function sideBySide(pictures: readonly (readonly string[])[], gap: number): string[] {
  const widthOf = (line: string): number => stripVTControlCharacters(line).length
  const widths = pictures.map((picture) => Math.max(0, ...picture.map(widthOf)))
  const height = Math.max(0, ...pictures.map((picture) => picture.length))
  return Array.from({ length: height }, (_, row) =>
    pictures
      .map((picture, i) => {
        const line = picture[row] ?? ''
        return line + ' '.repeat(widths[i]! - widthOf(line))
      })
      .join(' '.repeat(gap))
      .trimEnd(),
  )
}
