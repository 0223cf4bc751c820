import {
  type CaptureScope,
  captureIn,
  captureScope,
  type DType,
  defaultKey,
  type Flag,
  keyFor,
  putTogether,
  type Shape,
  ShapeError,
  type Stacked,
  showShape,
  splitKey,
  Tensor,
  takeApart,
  type Variable,
} from '@neurite/tensor'
import { axesFor, type ExampleAxes } from './batching/example-axes.ts'
import { overExamples } from './batching/over-examples.ts'
import { moved } from './batching/rules/axes.ts'

export interface VmapOptions {
  /**
   * Along which axis the examples of the arguments lie; `null` for an argument that is the same for all. One for everything, a list
   * with one for each argument, or, for an argument that is a list or record, one for each thing in it. Default 0.
   */
  readonly inAxes?: ExampleAxes
  /** Along which axis the examples of the results shall lie, likewise; `null` for a result that is the same for all. Default 0. */
  readonly outAxes?: ExampleAxes
}

/** The same structure, its tensors of any shape. */
export type AnySized<Tree> =
  Tree extends Tensor<Shape, infer D extends DType>
    ? Tensor<Shape, D>
    : { readonly [Key in keyof Tree]: AnySized<Tree[Key]> }

/**
 * A function of one example as a function of many at once: `vmap(f)(xs)` is what stacking `f(x)` for every x along the first axis
 * gives, as one graph whose kernels work on all examples.
 *
 * `f` is called once, on tensors without values that have the shape of one example. Arguments and results are tensors, also in lists,
 * records and maps; other arguments are passed as they are. What `f` closes over, variables too, is the same for all examples. It
 * goes together with `gradients` (inside: per-example gradients), `jvp`, `compile`, `scan` and itself.
 *
 *     const norms = vmap((x) => x.square().sum().sqrt())(rows)
 *     const each = vmap((x, y) => gradients(loss(x, y), parameters))(xs, ys)
 *
 * Random numbers: under a key of its own (an argument [examples, 2] from `splitKey`) every example draws other numbers, under a shared
 * key the same ones; draws without a key are different for each example.
 * @throws ShapeError if arguments differ in their number of examples or have no such axis; Error if `f` assigns a variable.
 */
export function vmap<Args extends readonly unknown[], Out>(
  f: (...args: Args) => Out,
): (...args: Stacked<Args> extends readonly unknown[] ? Stacked<Args> : never) => Stacked<Out>
export function vmap<Args extends readonly unknown[], Out>(
  f: (...args: Args) => Out,
  options: VmapOptions,
): (...args: AnySized<Args> extends readonly unknown[] ? AnySized<Args> : never) => AnySized<Out>
export function vmap(
  f: (...args: never[]) => unknown,
  { inAxes = 0, outAxes = 0 }: VmapOptions = {},
): (...args: never[]) => unknown {
  return (...args) => {
    const tensors: Tensor[] = []
    const structure = takeApart(args, tensors)
    const axes = axesFor('vmap: inAxes', inAxes, args)
    const size = commonSize(tensors, axes)
    const [sources, operands]: [Tensor[], Tensor[]] = [[], []]
    const example = (tensor: Tensor, axis: number | null): Tensor => {
      if (axis === null) return tensor
      const operand = moved(tensor, axis, 0)
      const leaf = leafLike({ shape: operand.shape.slice(1), dtype: operand.dtype })
      sources.push(leaf)
      operands.push(operand)
      return leaf
    }
    let place = 0
    const next = (): Tensor => example(tensors[place]!, axes[place++]!)
    const scope = new VmapScope(captureScope())
    const value = captureIn(scope, () => f(...(putTogether(structure, next) as never[])))
    if (value instanceof Promise) {
      value.catch(() => {})
      throw new Error(
        'vmap: the function is asynchronous. It must build its results at once, from tensors without values.',
      )
    }
    if (scope.drawnKey !== undefined) {
      sources.push(scope.drawnKey)
      operands.push(splitKey(keyFor(undefined), size))
    }
    const results: Tensor[] = []
    const resultStructure = takeApart(value, results)
    const resultAxes = axesFor('vmap: outAxes', outAxes, value)
    const found = overExamples(size, sources, operands, results).map(({ tensor, isBatched }, i) => {
      const axis = resultAxes[i]!
      if (axis !== null) {
        const stacked: Tensor = isBatched ? tensor : tensor.broadcastTo([size, ...tensor.shape])
        return moved(stacked, 0, axisWithin(stacked, axis, 'outAxes'))
      }
      if (!isBatched) return tensor
      throw new ShapeError(
        'vmap: outAxes is null for a result that differs from example to example. Give the axis that the examples shall lie along.',
      )
    })
    let returned = 0
    return putTogether(resultStructure, () => found[returned++]!)
  }
}

/** The number of examples; axes are checked and counted from the start. */
function commonSize(tensors: readonly Tensor[], axes: (number | null)[]): number {
  let size: number | undefined
  for (const [i, tensor] of tensors.entries()) {
    const axis = axes[i]!
    if (axis === null) continue
    axes[i] = axisWithin(tensor, axis, 'inAxes')
    const own: number = tensor.shape[axes[i]]
    if (size !== undefined && own !== size)
      throw new ShapeError(
        `vmap: one argument has ${size} examples, another ${own} (axis ${axis} of ${showShape(tensor.shape)}). They must be equally many.`,
      )
    size = own
  }
  if (size === undefined) throw new ShapeError('vmap: no argument has an axis of examples, so their number is unknown.')
  return size
}

function axisWithin({ shape }: Tensor, axis: number, option: string): number {
  const counted = axis < 0 ? axis + shape.length : axis
  if (!Number.isInteger(axis) || counted < 0 || counted >= shape.length)
    throw new ShapeError(
      `vmap: axis ${axis} of ${option} is out of range for ${showShape(shape)}, which has ${shape.length} axes.`,
    )
  return counted
}

/** Variables are the same for all examples and cannot change; the default key is one for each example. */
class VmapScope implements CaptureScope {
  readonly #outer: CaptureScope | undefined
  #key: Tensor | undefined
  /** Stands for an example's key, if one was drawn. */
  drawnKey: Tensor | undefined

  constructor(outer: CaptureScope | undefined) {
    this.#outer = outer
  }

  readVariable(variable: Variable): Tensor {
    if ((variable as object) !== defaultKey) return captureIn(this.#outer, () => variable.value)
    this.drawnKey ??= leafLike(variable)
    this.#key ??= this.drawnKey
    return this.#key
  }

  assignVariable(variable: Variable, next: Tensor): void {
    if ((variable as object) !== defaultKey)
      throw new Error(
        'vmap: the function assigned a variable, which has one value and not one for each example. ' +
          'Return what changes, and assign it outside (layers that keep statistics: put them in evaluation mode).',
      )
    this.#key = next
  }

  readFlag(flag: Flag): void {
    this.#outer?.readFlag(flag)
  }
}

function leafLike({ shape, dtype }: { readonly shape: Shape; readonly dtype: DType }): Tensor {
  return new Tensor('input', [], { shape, dtype }, shape, dtype)
}
