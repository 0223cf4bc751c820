import { applyScalar, axisIndex, type Program, storeTo, writeProgram } from '@neurite/compiler/kernel'
import { expect, test } from 'vitest'
import { differencesBetweenBackends } from '../test/both-backends.ts'
import { emitProgram } from './emit-program.ts'
import { likenessesOf } from './kernels-alike.ts'

const sizes = { a: 64, b: 64, c: 64, d: 64, A: 65, B: 65 } as const

/** Kernels that add two buffers to a third: three letters each; capitals are one element larger, `a` and `A` inputs, the others outputs. */
function sums(...kernels: readonly string[]): Program {
  const write = writeProgram()
  const buffers = new Map(
    Object.entries(sizes).map(([name, size]) => {
      const buffer = name.toLowerCase() === 'a' ? write.input('float32', size) : write.output('float32', size)
      return [name, buffer]
    }),
  )
  for (const [x, y, sum] of kernels.map((names) => [...names].map((name) => buffers.get(name)!))) {
    const value = applyScalar('add', [write.load(x!, axisIndex(0)), write.load(y!, axisIndex(0))])
    write.kernel({ kind: 'loop', label: 'sum', extents: [64], steps: [storeTo(sum!, axisIndex(0), value)] })
  }
  return write.finish()
}

test('kernels are alike that differ in their buffers only', () => {
  const program = sums('aab', 'aac', 'bcd', 'bbd', 'cbd')
  expect(likenessesOf(program).map(({ first }) => first)).toEqual([0, 0, 2, 0, 2])
  expect(likenessesOf(program).map(({ buffers }) => buffers.length)).toEqual([2, 2, 3, 2, 3])
})

test('buffers of other sizes, and two that are one elsewhere, make a difference', () => {
  expect(likenessesOf(sums('aab', 'AAB', 'aba', 'aaa')).map(({ first }) => first)).toEqual([0, 1, 2, 3])
})

test('what is alike has one function, and each kernel its own results', () => {
  const program = sums('aab', 'abc', 'acd', 'AAB')
  expect(differencesBetweenBackends(program)).toEqual([])
  const { kernels } = emitProgram(program)
  expect(new Set(kernels.map(({ target }) => target)).size).toBe(3)
  expect(kernels.map(({ kernel }) => kernel.label)).toEqual(['sum', 'sum', 'sum', 'sum'])
})

test('kernels of very many buffers have functions of their own', () => {
  const write = writeProgram()
  const x = write.input('float32', 8)
  for (let kernel = 0; kernel < 2; kernel++) {
    const steps = Array.from({ length: 1200 }, () =>
      storeTo(write.output('float32', 8), axisIndex(0), write.load(x, axisIndex(0))),
    )
    write.kernel({ kind: 'loop', label: 'copies', extents: [8], steps })
  }
  const program = write.finish()
  expect(differencesBetweenBackends(program)).toEqual([])
  expect(likenessesOf(program).map(({ first }) => first)).toEqual([0, 1])
})
