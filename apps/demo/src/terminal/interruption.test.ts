import { EventEmitter } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Interrupted, listenForInterruption } from './interruption.ts'

test('work goes on until the signal, and not after it', async () => {
  const source = new EventEmitter()
  const interruption = listenForInterruption(source)
  await interruption.check()
  source.emit('SIGINT')
  await expect(interruption.check()).rejects.toThrow(Interrupted)
})

test('a busy loop that checks gives the signal a chance to arrive', async () => {
  const source = new EventEmitter()
  const interruption = listenForInterruption(source)
  void setTimeout(1).then(() => source.emit('SIGINT'))
  const busy = async (): Promise<void> => {
    for (;;) await interruption.check()
  }
  await expect(busy()).rejects.toThrow(Interrupted)
})

test('after the end signals are left to others', () => {
  const source = new EventEmitter()
  listenForInterruption(source).stopListening()
  expect(source.listenerCount('SIGINT')).toBe(0)
})
