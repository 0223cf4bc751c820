import {
  type CaptureScope,
  captureIn,
  installedEvaluator,
  isFloating,
  type Shape,
  showShape,
  stridesOf,
  type Tensor,
  type TypedArray,
  takeApart,
  type Variable,
  watchCreations,
} from '@neurite/tensor'
import { visitInOrder } from '../order.ts'

export interface FindFirstNaNOptions {
  /** Whether to stop at infinities too. Default false: masks are made of them. */
  readonly infinity?: boolean
}

/** An operand of the operation found, by the numbers in it. */
export interface NaNOperand {
  readonly shape: Shape
  readonly dtype: string
  /** Of the numbers that are none. */
  readonly low: number
  readonly high: number
}

/** The first operation that makes a NaN of operands without one; printed, it says all that is known. */
export class FirstNaN {
  /** The primitive, or `input` if what goes into the step holds the NaN already. */
  readonly operation: string
  readonly shape: Shape
  /** The first element that is wrong, and how many are. */
  readonly index: readonly number[]
  readonly value: number
  readonly count: number
  readonly operands: readonly NaNOperand[]
  /** The lines of the program that made the tensor, innermost first. */
  readonly madeAt: readonly string[]

  /** @internal */
  constructor(
    node: Tensor,
    value: TypedArray,
    wrong: readonly number[],
    operands: readonly NaNOperand[],
    stack: string,
  ) {
    this.operation = node.primitive
    this.shape = node.shape
    this.index = stridesOf(node.shape).map((stride, axis) => Math.floor(wrong[0]! / stride) % node.shape[axis]!)
    this.value = value[wrong[0]!]!
    this.count = wrong.length
    this.operands = operands
    this.madeAt = linesOfUser(stack)
  }

  toString(): string {
    const size = this.shape.reduce((product, length) => product * length, 1)
    const head =
      this.operation === 'input'
        ? `What goes into the step holds ${this.value} already: a tensor or variable of shape ${showShape(this.shape)}`
        : `The first ${this.value} is made by ${this.operation} → ${showShape(this.shape)}`
    return [
      `${head}, in ${this.count} of ${size} elements, first at ${showShape(this.index)}.`,
      ...this.operands.map(
        ({ shape, dtype, low, high }, i) => `  operand ${i}: ${dtype} ${showShape(shape)}, from ${low} to ${high}`,
      ),
      ...this.madeAt.map((line) => `  ${line}`),
    ].join('\n')
  }
}

/**
 * Runs a step with every intermediate result looked at, and finds the first operation that makes a NaN of operands that hold none.
 *
 *     const found = await findFirstNaN(() => step(images, labels))
 *     console.log(String(found))
 *
 * `step` builds graph as in `compile`, and may be or call compiled functions; the gradients that it takes are looked at too, what happens
 * inside the steps of a `scan` is not. Assignments are not made, so that the state stays as it was and the step can be looked at again.
 * All results are computed by the installed backend and held at once.
 * @returns undefined if there is none.
 */
export async function findFirstNaN(
  step: () => unknown,
  { infinity = false }: FindFirstNaNOptions = {},
): Promise<FirstNaN | undefined> {
  const stacks = new WeakMap<Tensor, string>()
  const note = (made: Tensor): void => {
    stacks.set(made, new Error().stack ?? '')
  }
  const scope = new DryRun()
  const roots: Tensor[] = []
  takeApart(
    watchCreations(note, () => captureIn(scope, step)),
    roots,
  )
  roots.push(...scope.assignments.values())

  const nodes: Tensor[] = []
  const inputsOf = (node: Tensor): readonly Tensor[] => (node.isLeaf ? [] : node.inputs)
  visitInOrder(roots, inputsOf, (node) => nodes.push(node))
  const found = await installedEvaluator().evaluate(nodes.filter((node) => !node.isLeaf))
  const values = new Map<Tensor, TypedArray>()
  let place = 0
  for (const node of nodes) values.set(node, node.isLeaf ? await node.data() : found[place++]!)

  const isWrong = (x: number): boolean => Number.isNaN(x) || (infinity && !Number.isFinite(x))
  const isTainted = new Set<Tensor>()
  for (const node of nodes) {
    if (!isFloating(node.dtype)) continue
    const wrong = [...placesWhere(values.get(node)!, isWrong)]
    if (wrong.length === 0) continue
    isTainted.add(node)
    if (inputsOf(node).some((input) => isTainted.has(input))) continue
    const operands = inputsOf(node).map((input) => describe(input, values.get(input)!))
    return new FirstNaN(node, values.get(node)!, wrong, operands, stacks.get(node) ?? '')
  }
  return undefined
}

/** Variables as they are, with what the step has assigned so far; nothing is really assigned. */
class DryRun implements CaptureScope {
  readonly assignments = new Map<Variable, Tensor>()

  readVariable(variable: Variable): Tensor {
    return this.assignments.get(variable) ?? captureIn(undefined, () => variable.value)
  }

  assignVariable(variable: Variable, next: Tensor): void {
    this.assignments.set(variable, next)
  }

  readFlag(): void {}
}

function* placesWhere(data: TypedArray, holds: (x: number) => boolean): Generator<number> {
  for (let i = 0; i < data.length; i++) if (holds(data[i]!)) yield i
}

function describe({ shape, dtype }: Tensor, data: TypedArray): NaNOperand {
  let [low, high] = [Infinity, -Infinity]
  for (const x of data) {
    if (x < low) low = x
    if (x > high) high = x
  }
  return { shape, dtype, low, high }
}

/** The frames of a stack that are none of neurite's own. */
function linesOfUser(stack: string): string[] {
  return stack
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /^at |@/.test(line) && !isOwn(line))
    .slice(0, 4)
}

function isOwn(line: string): boolean {
  if (/\.test\.|node:internal/.test(line)) return line.includes('node:internal')
  return /[\\/](node_modules[\\/]@neurite|packages)[\\/][\w-]+[\\/](src|dist)[\\/]/.test(line)
}
