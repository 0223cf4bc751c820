import { expect, test } from 'vitest'
import { showRecognition } from './digit-report.ts'

const count = 6
const images = {
  images: new Uint8Array(count * 784).fill(255),
  labels: Uint8Array.of(0, 1, 2, 3, 4, 5),
  count,
  height: 28,
  width: 28,
  classes: 10,
}

/** What a network says that gives each answer a probability of 3/4. */
function saying(...answers: number[]): Parameters<typeof showRecognition>[1] {
  const probabilities = new Float32Array(count * 10)
  answers.forEach((answer, i) => {
    probabilities[10 * i + answer] = 0.75
  })
  return { answers: Int32Array.from(answers), probabilities }
}

test('some right answers and some mistakes are shown, each with how sure the network is', () => {
  const lines = showRecognition(images, saying(0, 7, 2, 3, 4, 6))
  expect(lines.filter((line) => line.includes('says'))).toEqual([
    'says 0 (75 %), right      says 2 (75 %), right      says 3 (75 %), right',
    'says 7 (75 %), is 1       says 6 (75 %), is 5',
  ])
  expect(lines).toHaveLength(2 * (12 + 1 + 1))
})

test('a network without mistakes has none to show', () => {
  const text = showRecognition(images, saying(0, 1, 2, 3, 4, 5)).join('\n')
  expect(text.match(/right/g)).toHaveLength(3)
  expect(text).not.toContain('is ')
})
