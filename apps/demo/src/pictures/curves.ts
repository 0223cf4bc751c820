// Curves over the course of training, several in one picture.

import plot, { type Point } from 'simple-ascii-chart'
import type { Colors } from './plane-picture.ts'

export interface Curve {
  readonly name: string
  /** One for each of the `steps` on the horizontal axis, evenly apart. */
  readonly values: readonly number[]
}

export interface CurvesOptions {
  /** What the horizontal axis counts, such as `epoch`, and its last number. */
  readonly along: string
  readonly last: number
  /** What is above is drawn at this height, default the largest value. */
  readonly highest?: number
}

const [width, height] = [60, 14]
const paints = ['cyan', 'yellow', 'magenta', 'green', 'red', 'blue'] as const

/** The curves as text, each drawn with the first free letter or digit of its name; above them, which is which. */
export function curves(drawn: readonly Curve[], { along, last, highest }: CurvesOptions, colors: Colors): string[] {
  const letters = distinctLetters(drawn.map(({ name }) => name))
  const top = highest ?? Math.max(...drawn.flatMap(({ values }) => values))
  const lines = drawn.map(({ values }) => resampled(values).map((value, i): Point => [i, Math.min(value, top)]))
  let line = -1
  const paint = (index: number, text: string): string => colors[paints[index % paints.length]!](text)
  const picture = plot(lines, {
    ...{ width, height, hideXAxisTicks: true },
    customYAxisTicks: [0, top / 2, top],
    yRange: [0, top],
    formatter: (value) => `${Number(value.toPrecision(2))}`,
    lineFormatter: ({ index, plotX, plotY }) => {
      // The library does not tell the line; but it draws them in order, each from its first point.
      if (index === 0) line++
      return { x: plotX, y: plotY, symbol: paint(line, letters[line]!) }
    },
  })
  const legend = drawn.map(({ name }, i) => paint(i, name === letters[i] ? name : `${letters[i]} ${name}`)).join('   ')
  const axis = `${' '.repeat(8)}0${`${along} ${last}`.padStart(width - 2)}`
  return [
    legend,
    ...picture
      .split('\n')
      .map((line) => line.trimEnd())
      .filter((line) => line !== ''),
    axis,
  ]
}

/** The values at as many even places as there are columns, in between on a straight line. */
function resampled(values: readonly number[]): number[] {
  return Array.from({ length: width }, (_, column) => {
    const place = (column * (values.length - 1)) / (width - 1)
    const [before, after] = [values[Math.floor(place)]!, values[Math.ceil(place)]!]
    return before + (after - before) * (place - Math.floor(place))
  })
}

/** A letter or digit for each name, of the name if one is free. */
function distinctLetters(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    const letter =
      [...name.toUpperCase()].find((character) => /[A-Z0-9]/.test(character) && !taken.has(character)) ?? '*'
    taken.add(letter)
    return letter
  })
}
