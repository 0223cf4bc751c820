import { RandomStream } from 'neurite'
import { expect, test } from 'vitest'
import { drawSentence, isSentence, words } from './grammar.ts'

test('what is drawn is of the language, word by word and as a whole', () => {
  const random = new RandomStream(1)
  const lengths = new Set<number>()
  for (let i = 0; i < 500; i++) {
    const sentence = drawSentence(random)
    expect(sentence.endsWith(' .')).toBe(true)
    expect(isSentence(sentence.slice(0, -2)), sentence).toBe(true)
    for (const word of sentence.split(' ')) expect(words, word).toContain(word)
    lengths.add(sentence.split(' ').length)
  }
  expect(Math.min(...lengths)).toBe(4)
  expect(Math.max(...lengths)).toBeGreaterThan(10)
})

test.each([
  ['the bird sings', true],
  ['the birds sing', true],
  ['the bird sing', false],
  ['the birds that the old king sees sing', true],
  ['the birds that the old king sees sings', false],
  ['the birds that the old king see sing', false],
  ['the birds that the king that the dogs love sees sing', true],
  ['the old white bird sings', false],
  ['bird sings', false],
  ['the bird sings sings', false],
  ['the bird that', false],
  ['', false],
])('"%s": %s', (sentence, right) => {
  expect(isSentence(sentence)).toBe(right)
})
