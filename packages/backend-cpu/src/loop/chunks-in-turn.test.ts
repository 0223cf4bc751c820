import { applyScalar, axisIndex, constantScalar, type Scalar, storeTo } from '@neurite/compiler/kernel'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { affine, differencesBetweenBackends, loopProgram, rowMajor } from '../test/both-backends.ts'

const result = (step: number): Scalar => ({ kind: 'result', step, dtype: 'float32' })

test('what is dear and follows reductions of columns is right in every column', () => {
  const sizes = fc.record({
    tables: fc.integer({ min: 1, max: 3 }),
    rows: fc.integer({ min: 1, max: 40 }),
    columns: fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constantFrom(16, 32, 64, 96)),
    takesMaximum: fc.boolean(),
  })
  fc.assert(
    fc.property(sizes, ({ tables, rows, columns, takesMaximum }) => {
      const program = loopProgram((write) => {
        const x = write.input('float32', tables * rows * columns)
        const bias = write.input('float32', columns)
        const state = write.state('float32', tables * columns)
        const element = write.load(x, affine([rows * columns, 1, columns]))
        const at = rowMajor([tables, columns])
        const size = applyScalar('sqrt', [applyScalar('add', [result(1), constantScalar(1, 'float32')])])
        const moved = applyScalar('divide', [applyScalar('add', [result(0), write.load(state, at)]), size])
        const counted = { kind: 'index', index: axisIndex(1), dtype: 'float32' } as const
        return {
          extents: [tables, columns],
          steps: [
            { kind: 'reduce', extents: [rows], combine: takesMaximum ? 'maximum' : 'add', value: element },
            { kind: 'reduce', extents: [rows], combine: 'add', value: applyScalar('multiply', [element, element]) },
            storeTo(state, at, applyScalar('divide', [moved, applyScalar('exp', [write.load(bias, axisIndex(1))])])),
            storeTo(write.output('float32', tables * columns), at, applyScalar('add', [moved, counted])),
          ],
        }
      })
      // Sums of 40 numbers up to 2, in another order (41 · 2⁻²⁴ · 80), over √Σx² and times e².
      expect(differencesBetweenBackends(program, { tolerance: 2e-4 })).toEqual([])
    }),
    { numRuns: 60 },
  )
})
