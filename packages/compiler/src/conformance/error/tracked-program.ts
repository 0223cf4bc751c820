// The interpreter once more, with an error beside every value: what a conforming backend may find.

import { accumulatorOf } from '../../kernel/accumulator.ts'
import {
  type ContractionKernel,
  type FaultReport,
  type Kernel,
  type LoopKernel,
  operation,
  type Program,
  type Reduce,
  type Scalar,
  type ScatterKernel,
  type Store,
  type TypedArray,
} from '../../kernel/index.ts'
import { type Action, loopNest, sizeOf, stepRuns } from '../../kernel/loop-nest.ts'
import { kernelRuns } from '../../kernel/run-kernels.ts'
import { valuesIn } from '../../kernel/traverse.ts'
import { errorOfCombine, errorOfSum } from './combine-error.ts'
import { type TrackedFrame, trackedExpressions } from './tracked-expressions.ts'

/**
 * Prepares a valid program over the arrays of its buffers and the errors of their elements; the result runs it once per call and gives
 * every index that left its range.
 */
export function trackedInterpreterOf(
  program: Program,
  memory: readonly TypedArray[],
  errors: readonly Float64Array[],
): () => readonly FaultReport[] {
  let reports: FaultReport[] = []
  const onFault = (fault: number, value: number): void => {
    reports.push({ fault, value })
  }
  const actions = program.kernels.map((kernel) =>
    kernelAction(kernel, { memory, errors, axes: [], results: [], resultErrors: [], time: 0, error: 0, onFault }),
  )
  const run = kernelRuns(program, [memory, errors], actions)
  return () => {
    reports = []
    run()
    return reports
  }
}

function kernelAction(kernel: Kernel, frame: TrackedFrame): Action {
  switch (kernel.kind) {
    case 'loop':
      return loopAction(kernel, frame)
    case 'contraction':
      return contractionAction(kernel, frame)
    case 'scatter':
      return scatterAction(kernel, frame)
  }
}

function loopAction({ extents, steps }: LoopKernel, frame: TrackedFrame): Action {
  const first = extents.length
  const actions = stepRuns(steps).map((run) =>
    'reduce' in run
      ? reduceAction(run.reduce, run.number, first, frame)
      : loopNest(frame.axes, first, run.stores[0]!.extents, storeAction(run.stores, frame)),
  )
  return loopNest(frame.axes, 0, extents, () => {
    for (const action of actions) action()
  })
}

function reduceAction({ combine, value, extents }: Reduce, number: number, first: number, frame: TrackedFrame): Action {
  const evaluate = trackedExpressions(frame, [value]).scalar(value)
  const { start, join, finish } = accumulatorOf(combine, value.dtype)
  const values: number[] = []
  const errors: number[] = []
  const loop = loopNest(frame.axes, first, extents, () => {
    frame.time++
    values.push(evaluate())
    errors.push(frame.error)
  })
  return () => {
    values.length = 0
    errors.length = 0
    loop()
    const found = finish(values.reduce(join, start))
    frame.results[number] = found
    frame.resultErrors[number] = errorOfCombine(combine, value.dtype, found, values, errors)
  }
}

/** Finds the values of some stores at the current point, then writes them. */
function storeAction(stores: readonly Store[], frame: TrackedFrame): Action {
  const compiler = trackedExpressions(
    frame,
    stores.flatMap(({ index, value }) => [value, ...valuesIn(index)]),
  )
  const writes = stores.map(({ buffer, index, value }) => ({
    data: frame.memory[buffer]!,
    errors: frame.errors[buffer]!,
    at: compiler.index(index),
    evaluate: compiler.scalar(value),
  }))
  return () => {
    frame.time++
    const found = writes.map(({ at, evaluate }) => ({ place: at(), value: evaluate(), error: frame.error }))
    for (const [i, { place, value, error }] of found.entries()) {
      writes[i]!.data[place] = value
      writes[i]!.errors[place] = error
    }
  }
}

/** The values of a contraction's operand and their errors: row after row, the depth innermost. */
interface Packed {
  readonly values: Float64Array
  readonly errors: Float64Array
}

function contractionAction(kernel: ContractionKernel, frame: TrackedFrame): Action {
  const { batch, rows, columns, depth, stores } = kernel
  const afterRows = batch.length + rows.length
  const afterColumns = afterRows + columns.length
  const [rowCount, columnCount, count] = [sizeOf(rows), sizeOf(columns), sizeOf(depth)]
  const pack = (value: Scalar, { values, errors }: Packed, first: number, extents: readonly number[]): Action => {
    const evaluate = trackedExpressions(frame, [value]).scalar(value)
    let position = 0
    const body = (): void => {
      frame.time++
      values[position] = evaluate()
      errors[position++] = frame.error
    }
    const loop = loopNest(frame.axes, first, extents, loopNest(frame.axes, afterColumns, depth, body))
    return () => {
      position = 0
      loop()
    }
  }
  const left = packed(rowCount * count)
  const right = packed(columnCount * count)
  const packLeft = pack(kernel.left, left, batch.length, rows)
  const packRight = pack(kernel.right, right, afterRows, columns)
  const write = storeAction(stores, frame)
  const { start, join, finish } = accumulatorOf('add', kernel.left.dtype)
  const product = operation('multiply', kernel.left.dtype === 'float32' ? 'float64' : kernel.left.dtype)

  function sumAt(row: number, column: number): void {
    let [sum, magnitude, spread] = [start, 0, 0]
    for (let i = 0; i < count; i++) {
      const [a, b] = [left.values[row * count + i]!, right.values[column * count + i]!]
      const [ea, eb] = [left.errors[row * count + i]!, right.errors[column * count + i]!]
      const value = product(a, b, 0)
      sum = join(sum, value, i)
      if (Number.isFinite(value)) magnitude += Math.abs(value)
      if (ea !== 0 || eb !== 0) spread += Math.abs(a) * eb + Math.abs(b) * ea + ea * eb
    }
    const found = finish(sum)
    frame.results[0] = found
    frame.resultErrors[0] = errorOfSum(kernel.left.dtype, found, { count, magnitude, spread })
  }

  let row = 0
  let column = 0
  const overColumns = loopNest(frame.axes, afterRows, columns, () => {
    sumAt(row, column++)
    write()
  })
  const overRows = loopNest(frame.axes, batch.length, rows, () => {
    column = 0
    overColumns()
    row++
  })
  return loopNest(frame.axes, 0, batch, () => {
    if (rowCount === 0 || columnCount === 0) return
    packLeft()
    packRight()
    row = 0
    overRows()
  })
}

function packed(size: number): Packed {
  return { values: new Float64Array(size), errors: new Float64Array(size) }
}

function scatterAction({ extents, buffer, index, value }: ScatterKernel, frame: TrackedFrame): Action {
  const compiler = trackedExpressions(frame, [value, ...valuesIn(index)])
  const at = compiler.index(index)
  const evaluate = compiler.scalar(value)
  const data = frame.memory[buffer]!
  const errors = frame.errors[buffer]!
  const { start, join, finish } = accumulatorOf('add', value.dtype)
  const [totals, magnitudes, spreads, counts] = [0, 0, 0, 0].map(() => new Float64Array(data.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  const loop = loopNest(frame.axes, 0, extents, () => {
    frame.time++
    const place = at()
    const found = evaluate()
    totals[place] = join(totals[place]!, found, 0)
    counts[place]!++
    spreads[place]! += frame.error
    if (Number.isFinite(found)) magnitudes[place]! += Math.abs(found)
  })
  return () => {
    for (const array of [magnitudes, spreads, counts]) array.fill(0)
    totals.fill(start)
    loop()
    for (let i = 0; i < data.length; i++) {
      data[i] = finish(totals[i]!)
      const summed = { count: counts[i]!, magnitude: magnitudes[i]!, spread: spreads[i]! }
      errors[i] = errorOfSum(value.dtype, data[i]!, summed)
    }
  }
}
