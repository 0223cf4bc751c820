// Loops over sequences that stay loops: a program does not grow with the length.

import { bind } from '../bind.ts'
import { type CaptureScope, captureIn, captureScope } from '../capture-scope.ts'
import type { DType } from '../dtype.ts'
import { DTypeError, ShapeError, showShape } from '../errors.ts'
import type { Flag } from '../flag.ts'
import { putTogether, type Structure, takeApart } from '../pytree.ts'
import { ScanBody } from '../scan-body.ts'
import { type Shape, sameShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import type { Variable } from '../variable.ts'

/** A tensor, or tensors in lists and records. */
export type TensorTree = Tensor | readonly TensorTree[] | { readonly [name: string]: TensorTree }

/** What a step sees of sequences: the same without the first axis. */
export type ElementsOf<Sequences> =
  Sequences extends Tensor<infer S, infer D>
    ? Tensor<S extends readonly [number, ...infer Rest extends number[]] ? Rest : Shape, D>
    : { readonly [Key in keyof Sequences]: ElementsOf<Sequences[Key]> }

/** What the outputs of all steps become together: the same with a first axis. */
export type Stacked<Outputs> =
  Outputs extends Tensor<infer S, infer D>
    ? Tensor<[number, ...S], D>
    : { readonly [Key in keyof Outputs]: Stacked<Outputs[Key]> }

export interface ScanOptions {
  /** Whether to go from the last element to the first. Default false. */
  readonly reverse?: boolean
}

/**
 * Carries state through the steps of a sequence, as recurrent nets do (`jax.lax.scan`).
 *
 *     [carry, outputs] = scan((carry, element) => [nextCarry, output], initial, sequences)
 *
 * `sequences` are tensors [length, …] in any structure; a step gets the elements at one position of the first axis. What the steps
 * give as outputs is stacked along a new first axis, at the positions of the elements. `step` runs once, on tensors without values:
 * the loop is part of the graph and of programs, differentiable, and as large for a thousand steps as for two.
 *
 * @throws ShapeError or DTypeError if lengths differ or a step changes the type of a carry; Error if a step assigns a variable
 * (draws from the default random key do so: carry a key, or give every step one of its own in `sequences`).
 */
export function scan<Carry extends TensorTree, Sequences extends TensorTree, Outputs extends TensorTree>(
  step: (carry: Carry, element: ElementsOf<Sequences>) => readonly [Carry, Outputs],
  initial: Carry,
  sequences: Sequences,
  options: ScanOptions = {},
): [Carry, Stacked<Outputs>] {
  const initials: Tensor[] = []
  const carryStructure = takeApart(initial, initials)
  const whole: Tensor[] = []
  const sequenceStructure = takeApart(sequences, whole)
  const length = commonLength(whole)

  const carries = initials.map(leafLike)
  const elements = whole.map(({ shape, dtype }) => leafLike({ shape: shape.slice(1), dtype }))
  const [next, output] = captureIn(new ScanScope(captureScope()), () =>
    step(
      filledWith(carryStructure, carries) as Carry,
      filledWith(sequenceStructure, elements) as ElementsOf<Sequences>,
    ),
  )
  const nextCarries: Tensor[] = []
  checkCarries(carryStructure, takeApart(next, nextCarries), initials, nextCarries)
  const outputs: Tensor[] = []
  const outputStructure = takeApart(output, outputs)

  const { invariants, inside } = separate([...carries, ...elements], [...nextCarries, ...outputs])
  const body = new ScanBody({
    ...{ length, isReversed: options.reverse === true, carries, elements },
    invariants: invariants.map(({ leaf }) => leaf),
    nextCarries: inside.slice(0, nextCarries.length),
    outputs: inside.slice(nextCarries.length),
  })
  const inputs = [...initials, ...whole, ...invariants.map(({ outer }) => outer)]
  const result = (kind: 'carry' | 'output') => (_: unknown, place: number) =>
    bind('scan', inputs, { body, result: kind, place })
  return [
    filledWith(carryStructure, initials.map(result('carry'))) as Carry,
    filledWith(outputStructure, outputs.map(result('output'))) as Stacked<Outputs>,
  ]
}

/** Reads of variables are inputs of the loop; they cannot change inside. */
class ScanScope implements CaptureScope {
  readonly #outer: CaptureScope | undefined

  constructor(outer: CaptureScope | undefined) {
    this.#outer = outer
  }

  readVariable(variable: Variable): Tensor {
    return captureIn(this.#outer, () => variable.value)
  }

  assignVariable(): void {
    throw new Error(
      'scan: a step assigned a variable, or drew random numbers without a key. Carry what changes from step to step.',
    )
  }

  readFlag(flag: Flag): void {
    this.#outer?.readFlag(flag)
  }
}

function commonLength(sequences: readonly Tensor[]): number {
  const lengths = sequences.map(({ shape }) => {
    if (shape.length === 0) throw new ShapeError('scan: a sequence needs a first axis to run along; one is a scalar.')
    return shape[0]!
  })
  if (lengths.length === 0) throw new ShapeError('scan: there are no sequences, so the number of steps is unknown.')
  if (lengths.some((length) => length !== lengths[0]))
    throw new ShapeError(`scan: the sequences differ in length: ${lengths.join(', ')}.`)
  return lengths[0]!
}

function leafLike({ shape, dtype }: { readonly shape: Shape; readonly dtype: DType }): Tensor {
  return bind('input', [], { shape, dtype })
}

function filledWith(structure: Structure, tensors: readonly Tensor[]): unknown {
  let place = 0
  return putTogether(structure, () => tensors[place++]!)
}

function checkCarries(before: Structure, after: Structure, initials: readonly Tensor[], next: readonly Tensor[]): void {
  if (namesIn(before) !== namesIn(after)) throw new ShapeError('scan: a step gives a carry of another structure.')
  next.forEach(({ shape, dtype }, i) => {
    const initial = initials[i]!
    if (!sameShape(shape, initial.shape))
      throw new ShapeError(
        `scan: a step turns a carry of shape ${showShape(initial.shape)} into one of ${showShape(shape)}.`,
      )
    if (dtype !== initial.dtype)
      throw new DTypeError(`scan: a step turns a ${initial.dtype} carry into a ${dtype} one.`)
  })
}

function namesIn(structure: Structure): string {
  if (!('items' in structure)) return structure.kind
  const names = 'names' in structure ? structure.names.join() : ''
  return `${structure.kind} ${names} (${structure.items.map(namesIn).join()})`
}

interface Invariant {
  /** The tensor outside of the loop. */
  readonly outer: Tensor
  /** What stands for it inside. */
  readonly leaf: Tensor
}

/** The graph of a step cut off from what does not change: `roots` as nodes over the given leaves and leaves for the rest. */
function separate(
  leaves: readonly Tensor[],
  roots: readonly Tensor[],
): { readonly inside: readonly Tensor[]; readonly invariants: readonly Invariant[] } {
  const moving = movingNodes(leaves, roots)
  const copies = new Map<Tensor, Tensor>(leaves.map((leaf) => [leaf, leaf]))
  const invariants: Invariant[] = []
  const standIn = (node: Tensor): Tensor => {
    const known = copies.get(node)
    if (known !== undefined) return known
    // Constants cost nothing to make again, and let the compiler see what they are.
    const isMadeInside = node.primitive === 'constant' || node.primitive === 'iota'
    const copy = isMadeInside ? node : leafLike(node)
    if (!isMadeInside) invariants.push({ outer: node, leaf: copy })
    copies.set(node, copy)
    return copy
  }
  for (const node of moving) copies.set(node, bind(node.primitive, node.inputs.map(standIn), node.attributes))
  return { inside: roots.map(standIn), invariants }
}

/** The nodes that depend on the leaves, inputs before users. */
function movingNodes(leaves: readonly Tensor[], roots: readonly Tensor[]): readonly Tensor[] {
  const isMoving = new Map<Tensor, boolean>(leaves.map((leaf) => [leaf, true]))
  const moving: Tensor[] = []
  const stack = [...roots]
  while (stack.length > 0) {
    const node = stack[stack.length - 1]!
    const waiting = isMoving.has(node) || node.isLeaf ? [] : node.inputs.filter((input) => !isMoving.has(input))
    if (waiting.length > 0) {
      stack.push(...waiting)
      continue
    }
    stack.pop()
    if (isMoving.has(node)) continue
    const moves = node.inputs.some((input) => isMoving.get(input)!)
    isMoving.set(node, moves)
    if (moves) moving.push(node)
  }
  return moving
}
