import { applyScalar, axisIndex, type Program, storeTo, writeProgram } from '@neurite/compiler/kernel'
import { describe, expect, test } from 'vitest'
import { type Call, scheduleOf } from './schedule.ts'

/** A program whose kernels add 1 to one buffer and write the sum to another: pairs of letters, i the input and o the output. */
function chain(...kernels: readonly string[]): Program {
  const write = writeProgram()
  const buffers = new Map([
    ['i', write.input('float32', 64)],
    ['o', write.output('float32', 64)],
  ])
  const bufferOf = (name: string): number => {
    const buffer = buffers.get(name) ?? write.temporary('float32', 64)
    buffers.set(name, buffer)
    return buffer
  }
  for (const [from, to] of kernels.map((name) => [...name] as [string, string])) {
    const loaded = write.load(bufferOf(from), axisIndex(0))
    const value = applyScalar('add', [loaded, loaded])
    const steps = [storeTo(bufferOf(to), axisIndex(0), value)]
    write.kernel({ kind: 'loop', label: `${from}${to}`, extents: [64], steps })
  }
  return write.finish()
}

/** Numbers of kernels, shared ones with a star and their counter; `|` is a barrier; repeats in brackets. */
function show(calls: readonly Call[]): string {
  return calls
    .map((call) => {
      if (call.kind === 'barrier') return '|'
      if (call.kind === 'repeat') return `${call.count}${call.isShared ? '*' : ''}[${show(call.calls)}]`
      return call.isShared ? `${call.kernel}*${call.counter}` : `${call.kernel}`
    })
    .join(' ')
}

const all = (): boolean => true
const only =
  (...kernels: readonly number[]) =>
  (kernel: number): boolean =>
    kernels.includes(kernel)

describe('threads wait', () => {
  test('before a kernel reads what they have written together, and at the end', () => {
    expect(show(scheduleOf(chain('ia', 'ao'), all))).toBe('0*0 | 1*0 |')
  })

  test('not between kernels that do not touch each other', () => {
    expect(show(scheduleOf(chain('ia', 'ib', 'ic', 'ao'), only(0, 1, 2, 3)))).toBe('0*0 1*1 2*2 | 3*0 |')
  })

  test('before what some have read is written, or what they have written is written again', () => {
    const kernels = chain('ia', 'ab', 'ia', 'ao')
    expect(show(scheduleOf(kernels, only(1, 2, 3)))).toBe('0 | 1*0 | 2*0 | 3*0 |')
    expect(show(scheduleOf(chain('ia', 'io', 'io'), only(1, 2)))).toMatch(/1\*. \| 2\*0 \|$/)
  })

  test('before buffers that share bytes of the arena with those in use', () => {
    const write = writeProgram()
    const [x, y] = [write.input('float32', 4), write.output('float32', 4)]
    const store = (from: number, to: number): void =>
      write.kernel({
        kind: 'loop',
        label: '',
        extents: [4],
        steps: [storeTo(to, axisIndex(0), write.load(from, axisIndex(0)))],
      })
    store(x, y)
    store(x, write.temporary('float32', 4))
    const program = write.finish()
    const [first, second, third] = program.buffers
    const moved = (offset: number): Program => ({
      ...program,
      buffers: [first!, { ...second!, offset: 64 }, { ...third!, offset }],
    })
    expect(show(scheduleOf(moved(128), all))).toBe('0*0 1*1 |')
    expect(show(scheduleOf(moved(64), all))).toBe('0*0 | 1*0 |')
  })

  test('never for what the first thread alone does', () => {
    expect(show(scheduleOf(chain('ia', 'ab', 'bo'), () => false))).toBe('0 1 2')
    // The first thread has finished when it reads its own results, and nobody else is busy at the end.
    expect(show(scheduleOf(chain('ia', 'ab', 'bc', 'co'), only(0)))).toBe('0*0 | 1 2 3')
    expect(show(scheduleOf(chain('ia', 'ib', 'ao'), only(0)))).toBe('0*0 1 | 2')
  })

  test('when there are no more counters', () => {
    const outputs = Array.from({ length: 20 }, (_, place) => `i${String.fromCharCode(65 + place)}`)
    const shown = show(scheduleOf(chain(...outputs), all))
    expect(shown).toContain('15*15 | 16*0')
    expect(shown.match(/\|/g)).toHaveLength(2)
  })
})

describe('repeats', () => {
  const repeated = (program: Program, first: number, last: number, count: number): Program => ({
    ...program,
    repeats: [{ first, last, count }],
  })
  const kernels = chain('ia', 'ab', 'bc', 'co')

  test('have a barrier at the end of every round if something in them is shared', () => {
    expect(show(scheduleOf(repeated(kernels, 1, 2, 5), only(1)))).toBe('0 | 5*[1*0 | 2 |] 3')
    expect(show(scheduleOf(repeated(kernels, 1, 2, 5), all))).toBe('0*0 | 5*[1*0 | 2*0 |] 3*0 |')
  })

  test('are left to the first thread if nothing is', () => {
    expect(show(scheduleOf(repeated(kernels, 1, 2, 5), only(0, 3)))).toBe('0*0 | 5[1 2] | 3*0 |')
    expect(show(scheduleOf(repeated(kernels, 0, 1, 0), () => false))).toBe('2 3')
  })
})
