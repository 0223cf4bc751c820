// The reference interpreter: what a program means, as plain loops in JavaScript. Slow, but it runs wherever JavaScript does.

import { accumulatorOf } from './accumulator.ts'
import { expressionCompiler, type Frame } from './compile-expressions.ts'
import type { Evaluate } from './compile-indices.ts'
import type { TypedArray } from './dtype.ts'
import type { ContractionKernel, Kernel, LoopKernel, Program, Reduce, ScatterKernel, Store } from './kernel.ts'
import { type Action, loopNest, sizeOf, stepRuns } from './loop-nest.ts'
import { kernelRuns } from './run-kernels.ts'
import type { Scalar } from './scalar.ts'
import { settleIn } from './scalar-arithmetic.ts'
import { valuesIn } from './traverse.ts'

/** The first index of a run that left its range. */
export interface FaultReport {
  /** Place in `Program.faults`. */
  readonly fault: number
  readonly value: number
}

/**
 * Prepares a valid program over the arrays of its buffers, `memory[b]` being buffer b; the result runs it once per call.
 *
 * Sums of floats are kept in float64 and rounded at the end; every other operation rounds to its dtype.
 */
export function interpreterOf(program: Program, memory: readonly TypedArray[]): () => FaultReport | undefined {
  let report: FaultReport | undefined
  const onFault = (fault: number, value: number): void => {
    report ??= { fault, value }
  }
  const actions = program.kernels.map((kernel) =>
    kernelAction(kernel, { memory, axes: [], results: [], time: 0, onFault }),
  )
  const run = kernelRuns(program, [memory], actions)
  return () => {
    report = undefined
    run()
    return report
  }
}

function kernelAction(kernel: Kernel, frame: Frame): Action {
  switch (kernel.kind) {
    case 'loop':
      return loopAction(kernel, frame)
    case 'contraction':
      return contractionAction(kernel, frame)
    case 'scatter':
      return scatterAction(kernel, frame)
  }
}

function loopAction({ extents, steps }: LoopKernel, frame: Frame): Action {
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

function reduceAction(step: Reduce, number: number, first: number, frame: Frame): Action {
  const value = expressionCompiler(frame, [step.value]).scalar(step.value)
  const { start, join, finish } = accumulatorOf(step.combine, step.value.dtype)
  let total = start
  let position = 0
  const loop = loopNest(frame.axes, first, step.extents, () => {
    frame.time++
    total = join(total, value(), position++)
  })
  return () => {
    total = start
    position = 0
    loop()
    frame.results[number] = finish(total)
  }
}

/** Finds the values of some stores at the current point, then writes them. */
function storeAction(stores: readonly Store[], frame: Frame): Action {
  const compiler = expressionCompiler(
    frame,
    stores.flatMap(({ index, value }) => [value, ...valuesIn(index)]),
  )
  const writes = stores.map(({ buffer, index, value }) => ({
    data: frame.memory[buffer]!,
    at: compiler.index(index),
    value: compiler.scalar(value),
  }))
  if (writes.length === 1) {
    const { data, at, value } = writes[0]!
    return () => {
      frame.time++
      data[at()] = value()
    }
  }
  const places = writes.map(() => 0)
  const values = writes.map(() => 0)
  return () => {
    frame.time++
    for (let i = 0; i < writes.length; i++) {
      places[i] = writes[i]!.at()
      values[i] = writes[i]!.value()
    }
    for (let i = 0; i < writes.length; i++) writes[i]!.data[places[i]!] = values[i]!
  }
}

function contractionAction(kernel: ContractionKernel, frame: Frame): Action {
  const { batch, rows, columns, depth, stores } = kernel
  const afterRows = batch.length + rows.length
  const afterColumns = afterRows + columns.length
  const [rowCount, columnCount, depthCount] = [sizeOf(rows), sizeOf(columns), sizeOf(depth)]
  // Each operand is evaluated once per batch: row after row, the depth innermost.
  const left = new Float64Array(rowCount * depthCount)
  const right = new Float64Array(columnCount * depthCount)
  const packLeft = packAction(kernel.left, left, frame, (body) =>
    loopNest(frame.axes, batch.length, rows, loopNest(frame.axes, afterColumns, depth, body)),
  )
  const packRight = packAction(kernel.right, right, frame, (body) =>
    loopNest(frame.axes, afterRows, columns, loopNest(frame.axes, afterColumns, depth, body)),
  )
  const sum = kernel.left.dtype === 'float32' || kernel.left.dtype === 'float64' ? floatSum : integerSum
  const settle = settleIn[kernel.left.dtype]
  const write = storeAction(stores, frame)
  let row = 0
  let column = 0
  const overRows = loopNest(frame.axes, batch.length, rows, () => {
    column = 0
    overColumns()
    row++
  })
  const overColumns = loopNest(frame.axes, afterRows, columns, () => {
    frame.results[0] = settle(sum(left, row * depthCount, right, column * depthCount, depthCount))
    write()
    column++
  })
  return loopNest(frame.axes, 0, batch, () => {
    if (rowCount === 0 || columnCount === 0) return
    packLeft()
    packRight()
    row = 0
    overRows()
  })
}

function packAction(value: Scalar, into: Float64Array, frame: Frame, loops: (body: Action) => Action): Action {
  const evaluate = expressionCompiler(frame, [value]).scalar(value)
  let position = 0
  const loop = loops(() => {
    frame.time++
    into[position++] = evaluate()
  })
  return () => {
    position = 0
    loop()
  }
}

type SumOfProducts = (a: Float64Array, aStart: number, b: Float64Array, bStart: number, count: number) => number

const floatSum: SumOfProducts = (a, aStart, b, bStart, count) => {
  let sum = 0
  for (let i = 0; i < count; i++) sum += a[aStart + i]! * b[bStart + i]!
  return sum
}

const integerSum: SumOfProducts = (a, aStart, b, bStart, count) => {
  let sum = 0
  for (let i = 0; i < count; i++) sum = (sum + Math.imul(a[aStart + i]!, b[bStart + i]!)) | 0
  return sum
}

function scatterAction({ extents, buffer, index, value }: ScatterKernel, frame: Frame): Action {
  const compiler = expressionCompiler(frame, [value, ...valuesIn(index)])
  const at: Evaluate = compiler.index(index)
  const evaluate: Evaluate = compiler.scalar(value)
  const data = frame.memory[buffer]!
  const { join, finish } = accumulatorOf('add', value.dtype)
  const totals = new Float64Array(data.length)
  const loop = loopNest(frame.axes, 0, extents, () => {
    frame.time++
    const place = at()
    totals[place] = join(totals[place]!, evaluate(), 0)
  })
  return () => {
    totals.fill(0)
    loop()
    for (let i = 0; i < data.length; i++) data[i] = finish(totals[i]!)
  }
}
