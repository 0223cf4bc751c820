// Every lesson on a small budget: it is held to its end, and shows what it is meant to show.

import { describe, expect, test } from 'vitest'
import { holdLesson, listLessons } from './hold-lesson.ts'
import { lessons } from './index.ts'

interface Expectation {
  /** Share of the usual training. */
  readonly effort: number
  /** Checks what was printed. */
  check(text: string): void
}

const expectations: Readonly<Record<string, Expectation>> = {
  xor: {
    effort: 0.4,
    check: (text) => expect(text).toMatch(/One line gets [0123] of the four corners right, eight hidden units 4/),
  },
  optimizers: {
    effort: 0.25,
    check(text) {
      for (const name of ['gradient descent', 'SGD', 'Adagrad', 'Adadelta', 'RMSprop']) {
        const [start, , end] = rowOf(name, text)
        expect(start, name).toBe(rowOf('SGD', text)[0])
        expect(end, name).toBeLessThan(0.6 * start!)
      }
      // Ten small steps an epoch lead further than a large one.
      expect(rowOf('SGD', text)[2]).toBeLessThan(rowOf('gradient descent', text)[2]!)
    },
  },
  overfitting: {
    effort: 0.3,
    check(text) {
      const [without, dropped] = /ends at (\S+); with dropout at (\S+),/.exec(flat(text))!.slice(1).map(Number)
      expect(dropped).toBeLessThan(0.7 * without!)
    },
  },
  representation: {
    effort: 0.4,
    check(text) {
      const [cartesian, polar] = /parts (\S+) % of the points rightly in x and y, and (\S+) %/
        .exec(flat(text))!
        .slice(1)
        .map(Number)
      expect(cartesian).toBeLessThan(75)
      expect(polar).toBeGreaterThan(98)
    },
  },
  regions: {
    effort: 0.2,
    check(text) {
      expect(text).toMatch(/half plane +convex open +convex open/)
      expect(text).toMatch(/half plane +convex closed +arbitrary/)
      expect(flat(text)).toMatch(/here [123] of 3 solve their problem with a region that is not convex/)
    },
  },
  kohonen: {
    effort: 0.3,
    check(text) {
      const [topographic, folded] = /for (\S+) % of the points; .* (\d+) of 81 cells are folded/
        .exec(flat(text))!
        .slice(1)
        .map(Number)
      expect(topographic).toBeLessThan(5)
      expect(folded).toBe(0)
    },
  },
  hopfield: {
    effort: 0.2,
    check(text) {
      expect(flat(text)).toMatch(/fell from -\d+ to -\d+ and rose in 0 of \d+ updates/)
      // 71 % over all eight in 1,000 trials each.
      expect(Number(/pictures (\S+) % fell back/.exec(flat(text))?.[1])).toBeGreaterThan(60)
    },
  },
  hamming: {
    effort: 0.1,
    check(text) {
      expect(text).toMatch(/a noisy 3 +the winner, \d+ pixels away/)
      const [net, memory] = /names (\S+) % rightly, .* connections, (\S+) %/.exec(flat(text))!.slice(1).map(Number)
      expect(net).toBeGreaterThan(memory!)
    },
  },
  art: {
    effort: 1,
    check(text) {
      expect(flat(text)).toContain('4 at 0.9, 3 at 0.8, 1 at 0.5')
      expect(text).toContain('F, gap left  → new exemplar 3 (19 pixels), after resets of 2, 0, 1')
    },
  },
  perceptron: {
    effort: 1,
    check(text) {
      expect(flat(text)).toMatch(/the procedure ended after \d+ corrections in \d+ epochs; on XOR it goes in circles/)
      expect(flat(text)).toMatch(/and [123] of the 4 corners are still wrong/)
    },
  },
  detection: {
    // Fewer steps find nothing: the head learns late.
    effort: 0.4,
    check: (text) => expect(Number(/precision of (\S+) on/.exec(flat(text))?.[1])).toBeGreaterThan(0.08),
  },
  digits: {
    effort: 0.1,
    // A tenth of the digits, once: a guess reads a tenth of them.
    check: (text) => expect(Number(/reads (\S+) %/.exec(flat(text))?.[1])).toBeGreaterThan(30),
  },
  sequence: {
    effort: 0.05,
    check(text) {
      const losses = [...text.matchAll(/(\d\.\d+) nats a character/g)].map(([, loss]) => Number(loss))
      // Of 25 characters a guess costs ln 25 = 3.2.
      expect(losses.at(-1)).toBeLessThan(3)
      expect(text).toMatch(/% of its sentences are right/)
    },
  },
}

/** The numbers of a row of the table. */
function rowOf(name: string, text: string): number[] {
  const row = text.split('\n').find((line) => new RegExp(`^ {2}${name} +\\d\\.\\d+ +\\d`).test(line))
  return row!.trim().slice(name.length).trim().split(/\s+/).map(Number)
}

/** The closing sentence may be broken anywhere. */
function flat(text: string): string {
  return text.replaceAll('\n', ' ')
}

const undisturbed = { check: async () => {}, stopListening: () => {} }

describe.each(lessons)('$name', (lesson) => {
  test('shows what it is meant to show, in plain text that fits a terminal', async () => {
    const { effort, check } = expectations[lesson.name]!
    const parts: string[] = []
    const output = { write: (part: string) => parts.push(part) }
    await holdLesson(lesson, { seed: 1, minutes: 1, effort }, { output, interruption: undisturbed })
    const text = parts.join('')
    check(text)
    for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/)
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/\.$/)
  }, 180_000)
})

test('on a terminal a lesson is in colour and under a bar', async () => {
  const parts: string[] = []
  const terminal = {
    isTTY: true,
    columns: 80,
    cursorTo() {},
    clearLine() {},
    write: (part: string) => parts.push(part),
  }
  const lesson = lessons.find(({ name }) => name === 'representation')!
  await holdLesson(lesson, { seed: 1, minutes: 1, effort: 0.05 }, { output: terminal, interruption: undisturbed })
  expect(parts.join('')).toContain('█')
})

test('the list has a line for each', () => {
  const lines: string[] = []
  listLessons(lessons, { write: (line) => lines.push(line) })
  expect(lines).toHaveLength(lessons.length)
  expect(lines[0]).toMatch(/^xor +a single unit fails/)
})
