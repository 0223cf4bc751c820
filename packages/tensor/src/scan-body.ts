import type { PrimitiveName } from './primitive.ts'
import type { Tensor } from './tensor.ts'

export interface ScanBodyParts {
  readonly length: number
  /** Whether the loop runs from the last element of the sequences to the first. */
  readonly isReversed: boolean
  /** Leaves for what is carried from step to step. */
  readonly carries: readonly Tensor[]
  /** Leaves for the present element of every sequence. */
  readonly elements: readonly Tensor[]
  /** Leaves for what is the same in all steps. */
  readonly invariants: readonly Tensor[]
  /** What is carried on; of the types of `carries`. */
  readonly nextCarries: readonly Tensor[]
  readonly outputs: readonly Tensor[]
}

const isDear: ReadonlySet<PrimitiveName> = new Set<PrimitiveName>([
  'contract',
  'convolution',
  'exp',
  'log',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'erf',
  'power',
])

let made = 0

/** What one step of a scan computes: a graph whose leaves stand for what the loop brings. */
export class ScanBody implements ScanBodyParts {
  readonly length: number
  readonly isReversed: boolean
  readonly carries: readonly Tensor[]
  readonly elements: readonly Tensor[]
  readonly invariants: readonly Tensor[]
  readonly nextCarries: readonly Tensor[]
  readonly outputs: readonly Tensor[]
  readonly #number = made++
  #intermediates: readonly Tensor[] | undefined

  constructor(parts: ScanBodyParts) {
    this.length = parts.length
    this.isReversed = parts.isReversed
    this.carries = parts.carries
    this.elements = parts.elements
    this.invariants = parts.invariants
    this.nextCarries = parts.nextCarries
    this.outputs = parts.outputs
  }

  /** The contractions, convolutions and elementary functions of a step: what gradients had rather not compute again. */
  get intermediates(): readonly Tensor[] {
    this.#intermediates ??= stepNodes(this).filter(({ primitive }) => isDear.has(primitive))
    return this.#intermediates
  }

  /** The leaves, in the order of a scan node's inputs. */
  get leaves(): readonly Tensor[] {
    return [...this.carries, ...this.elements, ...this.invariants]
  }

  /** Two bodies are the same only if they are one. */
  toJSON(): string {
    return `scan body ${this.#number}`
  }
}

/** The nodes of a step's graph but its leaves, inputs before users. */
export function stepNodes(body: Pick<ScanBody, 'leaves' | 'nextCarries' | 'outputs'>): readonly Tensor[] {
  const order: Tensor[] = []
  const seen = new Set<Tensor>(body.leaves)
  const stack = [...body.nextCarries, ...body.outputs].reverse().map((node) => ({ node, isLeft: false }))
  while (stack.length > 0) {
    const { node, isLeft } = stack.pop()!
    if (isLeft) order.push(node)
    if (isLeft || seen.has(node)) continue
    seen.add(node)
    stack.push({ node, isLeft: true }, ...node.inputs.map((input) => ({ node: input, isLeft: false })))
  }
  return order
}
