import { describe, expect, test } from 'vitest'
import { type HandedWork, RunQueue, type Work } from './run-queue.ts'

/** Work that says in `log` who did it. Other threads are done with it when `finish` is called, or somebody waits for it. */
function work(log: string[], name: string, { isHanded = true, fails = false } = {}) {
  let finish = (): void => {}
  const result = (): string => {
    if (fails) throw new Error(`${name} fails`)
    return name
  }
  const handed = (): HandedWork<string> => {
    log.push(`${name} handed`)
    const over = new Promise<void>((resolve) => {
      finish = resolve
    })
    const wait = (): void => {
      log.push(`${name} waited for`)
      finish()
    }
    return { over, wait, result }
  }
  const doAlone = (): string => {
    log.push(`${name} alone`)
    return result()
  }
  const described: Work<string> = { hand: () => (isHanded ? handed() : undefined), doAlone }
  return { described, finish: () => finish() }
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('work', () => {
  test('is handed over when the caller has returned to the event loop, one after the other', async () => {
    const [log, queue] = [[] as string[], new RunQueue()]
    const [a, b] = [work(log, 'a'), work(log, 'b')]
    const [first, second] = [queue.add(a.described), queue.add(b.described)]
    expect(log).toEqual([])
    await turn()
    expect(log).toEqual(['a handed'])
    a.finish()
    expect(await first.read()).toBe('a')
    expect(log).toEqual(['a handed', 'b handed'])
    b.finish()
    expect(await second.read()).toBe('b')
    expect(queue.isEmpty).toBe(true)
  })

  test('is handed over at once when it is awaited', () => {
    const [log, queue] = [[] as string[], new RunQueue()]
    void queue.add(work(log, 'a').described).read()
    expect(log).toEqual(['a handed'])
  })

  test('whose value is demanded before is done here, with all that comes before it', () => {
    const [log, queue] = [[] as string[], new RunQueue()]
    queue.add(work(log, 'a').described)
    const second = queue.add(work(log, 'b').described)
    expect(second.readSync()).toBe('b')
    expect(second.readSync()).toBe('b')
    expect(log).toEqual(['a alone', 'b alone'])
  })

  test('that is under way is waited for', async () => {
    const [log, queue] = [[] as string[], new RunQueue()]
    const first = queue.add(work(log, 'a').described)
    const second = queue.add(work(log, 'b').described)
    await turn()
    expect(second.readSync()).toBe('b')
    expect(await first.read()).toBe('a')
    expect(log).toEqual(['a handed', 'a waited for', 'b alone'])
    await turn()
    expect(queue.isEmpty).toBe(true)
  })

  test('for which others are of no use is done here in its turn', async () => {
    const [log, queue] = [[] as string[], new RunQueue()]
    const a = work(log, 'a')
    queue.add(a.described)
    const second = queue.add(work(log, 'b', { isHanded: false }).described)
    await turn()
    expect(log).toEqual(['a handed'])
    a.finish()
    expect(await second.read()).toBe('b')
    expect(log).toEqual(['a handed', 'b alone'])
  })

  test('that fails stops nothing else', async () => {
    const [log, queue] = [[] as string[], new RunQueue()]
    const a = work(log, 'a', { fails: true })
    const first = queue.add(a.described)
    const second = queue.add(work(log, 'b', { isHanded: false }).described)
    const third = queue.add(work(log, 'c', { isHanded: false, fails: true }).described)
    await turn()
    a.finish()
    await expect(first.read()).rejects.toThrow('a fails')
    expect(() => first.readSync()).toThrow('a fails')
    expect(await second.read()).toBe('b')
    expect(() => third.readSync()).toThrow('c fails')
    await queue.settled()
    expect(queue.isEmpty).toBe(true)
  })

  test('that piles up is done here', () => {
    const [log, queue] = [[] as string[], new RunQueue()]
    for (let i = 0; i < 100; i++) queue.add(work(log, String(i)).described)
    expect(log.slice(0, 2)).toEqual(['0 alone', '1 alone'])
    expect(log.length).toBeGreaterThan(60)
  })
})

test('settled awaits all of it', async () => {
  const [log, queue] = [[] as string[], new RunQueue()]
  const [a, b] = [work(log, 'a'), work(log, 'b')]
  queue.add(a.described)
  queue.add(b.described)
  const settled = queue.settled()
  a.finish()
  await turn()
  b.finish()
  await settled
  expect(log).toEqual(['a handed', 'b handed'])
})
