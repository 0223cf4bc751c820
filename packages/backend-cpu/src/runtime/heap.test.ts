import { expect, test } from 'vitest'
import { randomNumbers } from '../test/both-backends.ts'
import { Heap } from './heap.ts'

test('what is allocated does not overlap, is aligned, leaves room at both ends and is used again', () => {
  const heap = new Heap()
  const random = randomNumbers(3)
  const live = new Map<number, number>()
  for (let round = 0; round < 3000; round++) {
    if (random() < 0.52 || live.size === 0) {
      const bytes = Math.floor(random() ** 4 * 200_000)
      const address = heap.allocate(bytes)
      expect(address % 64).toBe(0)
      expect(address).toBeGreaterThanOrEqual(4096)
      expect(address + bytes).toBeLessThanOrEqual(heap.size - 64)
      for (const [other, size] of live) expect(address + bytes <= other || other + size <= address).toBe(true)
      live.set(address, bytes)
    } else {
      const [address] = [...live.keys()].slice(Math.floor(random() * live.size))
      heap.release(address!)
      live.delete(address!)
    }
  }
  for (const address of live.keys()) heap.release(address)
  // One gap again, so all of it can be had at once.
  const size = heap.size
  heap.allocate(size - 4096 - 64)
  expect(heap.size).toBe(size)
})

test('the arena grows, never shrinks, and its version tells', () => {
  const heap = new Heap()
  heap.reserveArena(1000)
  const { version } = heap
  heap.reserveArena(900)
  expect(heap.version).toBe(version)
  heap.reserveArena(500_000)
  expect(heap.version).not.toBe(version)
  expect(heap.arena + 500_000).toBeLessThanOrEqual(heap.size)
})

test('more than 4 GiB and a double release are refused', () => {
  const heap = new Heap()
  expect(() => heap.allocate(2 ** 32)).toThrow('out of memory')
  const address = heap.allocate(10)
  heap.release(address)
  expect(() => heap.release(address)).toThrow('nothing is allocated')
})
