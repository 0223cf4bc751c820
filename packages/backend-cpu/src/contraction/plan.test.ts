import { axisIndex, type Index, loadScalar, type ProgramWriter, type Store, storeTo } from '@neurite/compiler/kernel'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { affine, differencesBetweenBackends, oneKernel } from '../test/both-backends.ts'
import { type Groups, matrices, type Operand, product, sum } from '../test/products.ts'

const extent = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 40 }))
const lies = fc.constantFrom('by rows', 'by columns')

describe('the chosen plan', () => {
  test('products of matrices of any size', () => {
    fc.assert(
      fc.property(extent, extent, extent, lies, lies, (m, n, k, leftLies, rightLies) => {
        const program = product({ rows: [m], columns: [n], depth: [k] }, ...matrices(m, n, k, leftLies, rightLies))
        expect(differencesBetweenBackends(program)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('groups of any axes, in any order in memory', () => {
    const group = (most: number) => fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: most })
    const shuffled = fc.array(fc.integer(), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(
        group(2),
        group(2),
        group(2),
        group(2),
        shuffled,
        shuffled,
        shuffled,
        (batch, rows, columns, depth, a, b, c) => {
          const extents = [...batch, ...rows, ...columns, ...depth]
          const numbers = extents.map((_, axis) => axis)
          const firstColumn = batch.length + rows.length
          const firstDepth = firstColumn + columns.length
          const lying = (axes: readonly number[], keys: readonly number[]): Operand => {
            const strides = extents.map(() => 0)
            let size = 1
            for (const axis of [...axes].sort((x, y) => keys[x]! - keys[y]!)) {
              strides[axis] = size
              size *= extents[axis]!
            }
            return { size, index: affine(strides) }
          }
          const left = lying(
            numbers.filter((axis) => axis < firstColumn || axis >= firstDepth),
            a,
          )
          const right = lying(
            numbers.filter((axis) => axis < batch.length || axis >= firstColumn),
            b,
          )
          const result = lying(
            numbers.filter((axis) => axis < firstDepth),
            c,
          )
          const stores = (write: ProgramWriter): Store[] => [
            storeTo(write.output('float32', result.size), result.index, sum),
          ]
          expect(differencesBetweenBackends(product({ batch, rows, columns, depth }, left, right, { stores }))).toEqual(
            [],
          )
        },
      ),
      { numRuns: 80 },
    )
  })

  test.each([
    [40, 70, 1500],
    [3, 5, 4001],
    [300, 9, 17],
    [9, 300, 17],
    [1, 700, 700],
    [700, 1, 700],
  ])('large: %i × %i over %i', (m, n, k) => {
    for (const rightLies of ['by rows', 'by columns']) {
      const operands = matrices(m, n, k, 'by rows', rightLies)
      const program = product({ rows: [m], columns: [n], depth: [k] }, ...operands)
      expect(differencesBetweenBackends(program, { tolerance: 1e-4 })).toEqual([])
    }
  })

  test.each<Groups>([
    { rows: [0], columns: [3], depth: [2] },
    { rows: [2], columns: [0], depth: [2] },
    { batch: [0], rows: [2], columns: [3], depth: [2] },
    { rows: [2], columns: [3], depth: [0] },
    { rows: [2], columns: [3], depth: [4, 0] },
    {},
  ])('empty groups: %j', (groups) => {
    const operand = { size: 64, index: affine([]) }
    expect(differencesBetweenBackends(product(groups, operand, operand))).toEqual([])
  })

  test('an index out of range in an operand is reported, whatever is computed of it', () => {
    const program = oneKernel((write) => {
      const places = write.load(write.input('int32', 6), axisIndex(2))
      const fault = write.fault('row {value} of 4')
      const rows: Index = {
        constant: 0,
        terms: [{ stride: 5, atom: { kind: 'value', value: places, size: 4, fault } }],
      }
      const left = loadScalar(
        write.input('float32', 20),
        { constant: 0, terms: [...rows.terms, { stride: 1, atom: { kind: 'axis', axis: 0 } }] },
        'float32',
      )
      const right = write.load(write.input('float32', 18), affine([0, 1, 3]))
      const stores = [storeTo(write.output('float32', 15), affine([3, 1]), sum)]
      return { kind: 'contraction', label: 'rows', batch: [], rows: [5], columns: [3], depth: [6], left, right, stores }
    })
    expect(differencesBetweenBackends(program, { data: { 0: [3, 0, 2, 1, 1, 0] } })).toEqual([])
    expect(() => differencesBetweenBackends(program, { data: { 0: [3, 0, 4, 1, 1, 0] } })).toThrow('row 4 of 4')
  })
})
