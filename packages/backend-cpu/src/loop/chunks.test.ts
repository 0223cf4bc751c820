import { applyScalar, axisIndex, type Scalar, storeTo } from '@neurite/compiler/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { affine, differencesBetweenBackends, loopProgram } from '../test/both-backends.ts'

const functions = fc.constantFrom('exp', 'tanh', 'sigmoid', 'erf', 'sin')
// Errors of a few units in the last place, of values up to e⁴.
const tolerance = 1e-4

test('long loops of elementary functions are right in every element, also in place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 250, max: 330 }), functions, functions, (size, first, second) => {
      const program = loopProgram((write) => {
        const [state, out] = [write.state('float32', size), write.output('float32', size)]
        const element = write.load(state, axisIndex(0))
        const found = applyScalar(first, [element])
        const both = applyScalar('multiply', [found, applyScalar(second, [element])])
        return { extents: [size], steps: [storeTo(state, axisIndex(0), found), storeTo(out, axisIndex(0), both)] }
      })
      expect(differencesBetweenBackends(program, { tolerance })).toEqual([])
    }),
    { numRuns: 30 },
  )
})

test('rows of elementary functions are summed and stored right', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), functions, fc.boolean(), (length, name, isTransposed) => {
      const rows = 20
      const strides = isTransposed ? [1, rows] : [length, 1]
      const program = loopProgram((write) => {
        const [x, out] = [write.input('float32', rows * length), write.output('float32', rows * length)]
        const value = applyScalar(name, [write.load(x, affine(strides))])
        const sum: Scalar = { kind: 'result', step: 1, dtype: 'float32' }
        return {
          extents: [rows],
          steps: [
            storeTo(out, affine(strides), value, [length]),
            { kind: 'reduce', extents: [length], combine: 'add', value },
            storeTo(write.output('float32', rows), axisIndex(0), sum),
          ],
        }
      })
      // Sums of 70 numbers up to e².
      expect(differencesBetweenBackends(program, { tolerance: 10 * tolerance })).toEqual([])
    }),
    { numRuns: 30 },
  )
})
