import { expect, test } from 'vitest'
import { Heap } from '../runtime/heap.ts'
import { ThreadCrew } from './thread-crew.ts'

test('threads are started when one has run alone as long as that takes', async () => {
  let asked = 0
  const wanted = (): number => {
    asked++
    return 2
  }
  const crew = new ThreadCrew(new Heap({ isShared: true }), wanted, true)
  crew.ranAlone(1)
  expect([crew.present, asked]).toEqual([1, 0])
  for (let run = 0; run < 1000; run++) crew.ranAlone(1)
  expect(asked).toBeGreaterThan(0)
  while (crew.present === 1) await new Promise((resolve) => setTimeout(resolve, 10))
  expect(crew.present).toBe(2)
})
