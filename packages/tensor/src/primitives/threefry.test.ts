import { expect, it } from 'vitest'
import { threefry } from './threefry.ts'

type Words = [number, number]

// The known-answer vectors that Salmon et al. publish with Random123.
it.each<[name: string, counter: Words, key: Words, words: Words]>([
  ['zeros', [0, 0], [0, 0], [0x6b200159, 0x99ba4efe]],
  ['ones', [0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff], [0x1cb996fc, 0xbb002be7]],
  ['digits of π', [0x243f6a88, 0x85a308d3], [0x13198a2e, 0x03707344], [0xc4923a9c, 0x483df7a0]],
])('gives the published words for %s', (_, counter, key, words) => {
  const found = threefry([key[0] | 0, key[1] | 0], [counter[0] | 0, counter[1] | 0])
  expect(found.map((word) => word >>> 0)).toEqual(words)
})
