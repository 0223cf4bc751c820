// What contractions do with their sums: bias, activation, residual, update of a state, several stores.

import { applyScalar, constantScalar, type DType, type Scalar, storeTo } from '../../kernel/index.ts'
import type { ConformanceCase } from '../conformance-case.ts'
import { affine, type CaseWriter, rowMajor, writeCase } from '../write-case.ts'
import { contraction, sum } from './write-contraction.ts'

export function epilogueCases(): readonly ConformanceCase[] {
  return [
    biasAndActivation('float32'),
    biasAndActivation('float64'),
    severalStores(),
    weightUpdate(),
    castInEpilogue(),
    transposedResult(),
    chain(),
  ]
}

function matrices(
  write: CaseWriter,
  dtype: DType,
  [m, n, k]: readonly [number, number, number],
): readonly [Scalar, Scalar] {
  return [
    write.load(write.input(dtype, m * k), affine([k, 0, 1])),
    write.load(write.input(dtype, k * n), affine([0, 1, n])),
  ]
}

function biasAndActivation(dtype: DType): ConformanceCase {
  return writeCase(`a ${dtype} layer: bias per column, scale per row, residual, relu`, (write) => {
    const [left, right] = matrices(write, dtype, [9, 22, 15])
    const biased = applyScalar('add', [sum(dtype), write.load(write.input(dtype, 22), affine([0, 1]))])
    const scaled = applyScalar('multiply', [biased, write.load(write.input(dtype, 9), affine([1]))])
    const residual = write.load(write.input(dtype, 9 * 22), rowMajor([9, 22]))
    const value = applyScalar('maximum', [applyScalar('add', [scaled, residual]), constantScalar(0, dtype)])
    return contraction(
      { rows: [9], columns: [22], depth: [15] },
      left,
      right,
      storeTo(write.output(dtype, 198), rowMajor([9, 22]), value),
    )
  })
}

function severalStores(): ConformanceCase {
  return writeCase('the sum, its tanh, and whether it is positive', (write) => {
    const [left, right] = matrices(write, 'float32', [7, 19, 6])
    const at = rowMajor([7, 19])
    const isPositive = applyScalar('less', [constantScalar(0, 'float32'), sum('float32')])
    return contraction(
      { rows: [7], columns: [19], depth: [6] },
      left,
      right,
      storeTo(write.output('float32', 133), at, sum('float32')),
      storeTo(write.output('float32', 133), at, applyScalar('tanh', [sum('float32')])),
      storeTo(write.output('bool', 133), at, isPositive),
    )
  })
}

/** w −= 0.1 · xᵀ · g with momentum, in the contraction itself. */
function weightUpdate(): ConformanceCase {
  return writeCase('weights and their momentum are updated where the gradient is summed', (write) => {
    const left = write.load(write.input('float32', 25 * 12), affine([1, 0, 12]))
    const right = write.load(write.input('float32', 25 * 10), affine([0, 1, 10]))
    const [weight, momentum] = [write.state('float32', 120), write.state('float32', 120)]
    const at = rowMajor([12, 10])
    const kept = applyScalar('multiply', [write.load(momentum, at), constantScalar(0.9, 'float32')])
    const next = applyScalar('add', [kept, sum('float32')])
    const change = applyScalar('multiply', [next, constantScalar(0.1, 'float32')])
    return contraction(
      { rows: [12], columns: [10], depth: [25] },
      left,
      right,
      storeTo(momentum, at, next),
      storeTo(weight, at, applyScalar('subtract', [write.load(weight, at), change])),
    )
  })
}

function castInEpilogue(): ConformanceCase {
  return writeCase('an int32 product stored as float64 and as bytes', (write) => {
    const [left, right] = matrices(write, 'int32', [6, 10, 14])
    const at = rowMajor([6, 10])
    return contraction(
      { rows: [6], columns: [10], depth: [14] },
      left,
      right,
      storeTo(write.output('float64', 60), at, applyScalar('cast', [sum('int32')], 'float64')),
      storeTo(write.output('uint8', 60), at, applyScalar('cast', [sum('int32')], 'uint8')),
    )
  })
}

function transposedResult(): ConformanceCase {
  return writeCase('a product stored transposed, batch innermost', (write) => {
    const left = write.load(write.input('float32', 3 * 5 * 4), affine([20, 4, 0, 1]))
    const right = write.load(write.input('float32', 3 * 4 * 17), affine([68, 0, 1, 17]))
    const store = storeTo(write.output('float32', 255), affine([1, 3, 15]), sum('float32'))
    return contraction({ batch: [3], rows: [5], columns: [17], depth: [4] }, left, right, store)
  })
}

function chain(): ConformanceCase {
  return writeCase('three products in a row', (write) => {
    const x = write.input('float32', 8 * 8)
    const [first, second] = [write.temporary('float32', 64), write.temporary('float32', 64)]
    const out = write.output('float32', 64)
    return (
      [
        [x, first],
        [first, second],
        [second, out],
      ] as const
    ).map(([from, to]) => {
      const [left, right] = [write.load(from, affine([8, 0, 1])), write.load(x, affine([0, 1, 8]))]
      const value = applyScalar('multiply', [sum('float32'), constantScalar(0.25, 'float32')])
      return contraction({ rows: [8], columns: [8], depth: [8] }, left, right, storeTo(to, rowMajor([8, 8]), value))
    })
  })
}
