import { type DType, Flag, type Shape, showShape, type Tensor, zeros } from '@neurite/tensor'
import type { Module } from '../module.ts'
import { namedVariables, parameters } from '../parameters.ts'
import { leavesOf, partsOf } from '../traversal.ts'
import { flopsBetween } from './flops.ts'
import { observeCalls } from './observe-calls.ts'

export interface SummaryOptions {
  /** Of the input; 'int32' for indices. Default 'float32'. */
  readonly dtype?: DType
}

/** A call of a layer. */
export interface SummaryRow {
  /** The fields that lead to the layer, as in the names of its parameters; empty for the model. */
  readonly path: readonly string[]
  /** The name of its class. */
  readonly type: string
  readonly outputShapes: readonly Shape[]
  /** Trained numbers in it. */
  readonly parameters: number
  readonly flops: number
}

/** What a model is made of; `String(summary)` is a table. */
export interface Summary {
  readonly rows: readonly SummaryRow[]
  readonly parameters: number
  /** Floating-point operations of one evaluation. */
  readonly flops: number
  toString(): string
}

/**
 * The layers of a model with their output shapes, parameters and floating-point operations. Nothing is computed: the model is
 * called in evaluation mode, on a tensor without values. Functions between layers are counted with the model that calls them.
 *
 *     console.log(String(summary(model, [1, 3, 32, 32])))
 *
 * @param inputShape with the batch.
 * @throws ShapeError if the model does not take such an input.
 */
export function summary(model: Module, inputShape: Shape, options: SummaryOptions = {}): Summary {
  const input: Tensor = zeros(inputShape, options.dtype ?? 'float32')
  const paths = new Map<Module, readonly string[]>()
  for (const { path, module } of partsOf(model)) if (!paths.has(module)) paths.set(module, path)
  const calls = inEvaluationMode(model, () => observeCalls(paths.keys(), () => model.forward(input)))
  // Where a value comes from, such as a random draw not made yet, is no work of the model.
  const values = [...namedVariables(model).values()].map(({ value }): Tensor => value)
  const rows = calls.map(({ module, inputs, outputs }) => ({
    path: paths.get(module)!,
    type: module.constructor.name,
    outputShapes: outputs.map(({ shape }): Shape => shape),
    parameters: countParameters(module),
    flops: flopsBetween([...inputs, ...values], outputs),
  }))
  const [whole] = rows
  return { rows, parameters: whole!.parameters, flops: whole!.flops, toString: () => table(rows) }
}

function inEvaluationMode<Result>(model: object, run: () => Result): Result {
  const flags = [...leavesOf(model)].flatMap(({ path, cell }) =>
    cell instanceof Flag && path.at(-1) === 'training' ? [{ flag: cell, before: cell.on }] : [],
  )
  for (const { flag } of flags) flag.on = false
  try {
    return run()
  } finally {
    for (const { flag, before } of flags) flag.on = before
  }
}

function countParameters(module: object): number {
  return [...parameters(module).values()].reduce((total, parameter) => total + parameter.value.size, 0)
}

const headings = ['layer', 'output', 'parameters', 'flops'] as const

function table(rows: readonly SummaryRow[]): string {
  const lines = rows.map(({ path, type, outputShapes, parameters, flops }) => [
    `${'  '.repeat(path.length)}${path.length === 0 ? type : `${path.at(-1)} ${type}`}`,
    outputShapes.map(showShape).join(', '),
    parameters.toLocaleString('en-US'),
    flops.toLocaleString('en-US'),
  ])
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...lines.map((line) => line[column]!.length)),
  )
  // Names on the left, numbers on the right.
  const line = (cells: readonly string[]): string =>
    cells.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ')
  return [line(headings), ...lines.map(line)].join('\n')
}
