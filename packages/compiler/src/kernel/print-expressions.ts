// Scalars and indices as text: `maximum(result0 + constant2[j], 0)`, `input0[784i + k]`.

import type { Condition, Index, IndexAtom, IndexTerm } from './indexing.ts'
import type { Buffer, BufferRole } from './kernel.ts'
import type { Scalar, ScalarOp } from './scalar.ts'
import { childrenOf, nodesOf } from './traverse.ts'

const axisLetters = ['i', 'j', 'k', 'l', 'm', 'n', 'p', 'q', 'r', 's', 'u', 'v', 'w', 'x', 'y', 'z']

/** i, j, k, …, for axes 0, 1, 2, … */
export function axisName(axis: number): string {
  return axisLetters[axis] ?? `axis${axis}`
}

/** `[i < 32, j < 10]` */
export function printAxes(extents: readonly number[], axes: readonly number[]): string {
  return `[${axes.map((axis) => `${axisName(axis)} < ${extents[axis]}`).join(', ')}]`
}

const rolePrefix: { readonly [R in BufferRole]: string } = {
  input: 'input',
  output: 'output',
  state: 'state',
  constant: 'constant',
  temporary: 't',
  view: 'view',
}

/** A buffer's role and number, as in `input0`; temporaries are `t3`. */
export function bufferName(buffer: number, buffers: readonly Buffer[]): string {
  const role = buffers[buffer]?.role
  return role === undefined ? `buffer${buffer}` : `${rolePrefix[role]}${buffer}`
}

interface Infix {
  readonly symbol: string
  /** Operators of higher precedence bind tighter. */
  readonly precedence: number
}

const infix: { readonly [Op in ScalarOp]?: Infix } = {
  multiply: { symbol: '*', precedence: 3 },
  divide: { symbol: '/', precedence: 3 },
  add: { symbol: '+', precedence: 2 },
  subtract: { symbol: '-', precedence: 2 },
  less: { symbol: '<', precedence: 1 },
  lessEqual: { symbol: '<=', precedence: 1 },
  equal: { symbol: '==', precedence: 1 },
}

/** Text for the expressions of one kernel; nodes in `names` appear by name. */
export interface ExpressionPrinter {
  readonly buffers: readonly Buffer[]
  readonly names: ReadonlyMap<Scalar, string>
}

export function printScalar(scalar: Scalar, printer: ExpressionPrinter): string {
  return printer.names.get(scalar) ?? printNode(scalar, printer)
}

/** The node itself, even if it has a name. */
export function printNode(scalar: Scalar, printer: ExpressionPrinter): string {
  switch (scalar.kind) {
    case 'constant':
      return String(scalar.value)
    case 'index':
      return `${scalar.dtype}(${printIndex(scalar.index, printer)})`
    case 'load':
      return `${bufferName(scalar.buffer, printer.buffers)}[${printIndex(scalar.index, printer)}]`
    case 'result':
      return `result${scalar.step}`
    case 'guard': {
      const conditions = scalar.conditions.map((condition) => printCondition(condition, printer)).join(' and ')
      return `(${printScalar(scalar.value, printer)} if ${conditions} else ${scalar.otherwise})`
    }
    case 'apply':
      return printApplication(scalar, printer)
  }
}

function printApplication(scalar: Scalar & { readonly kind: 'apply' }, printer: ExpressionPrinter): string {
  const { op, operands, dtype } = scalar
  const operator = infix[op]
  if (operator === undefined) {
    const name = op === 'cast' ? dtype : op
    return `${name}(${operands.map((operand) => printScalar(operand, printer)).join(', ')})`
  }
  // Operators associate to the left, so only a right operand of the same precedence needs parentheses.
  const [left, right] = operands.map((operand, side) => {
    const text = printScalar(operand, printer)
    const inner = operand.kind === 'apply' && !printer.names.has(operand) ? infix[operand.op] : undefined
    return inner && inner.precedence < operator.precedence + side ? `(${text})` : text
  })
  return `${left} ${operator.symbol} ${right}`
}

function printCondition({ index, low, high, divisor }: Condition, printer: ExpressionPrinter): string {
  const text = printIndex(index, printer)
  const range = `${low} <= ${text} < ${high}`
  return divisor === undefined ? range : `${range} and ${divisor} divides ${text}`
}

export function printIndex(index: Index, printer: ExpressionPrinter): string {
  const parts = index.terms.map((term) => ({ sign: Math.sign(term.stride), text: printTerm(term, printer) }))
  if (index.constant !== 0 || parts.length === 0)
    parts.push({ sign: index.constant < 0 ? -1 : 1, text: String(Math.abs(index.constant)) })
  return parts
    .map(({ sign, text }, place) => {
      if (place === 0) return sign < 0 ? `-${text}` : text
      return sign < 0 ? ` - ${text}` : ` + ${text}`
    })
    .join('')
}

// The sign is printed by the sum.
function printTerm({ stride, atom }: IndexTerm, printer: ExpressionPrinter): string {
  const factor = Math.abs(stride)
  const text = printAtom(atom, printer)
  if (factor === 1) return text
  return atom.kind === 'axis' ? `${factor}${text}` : `${factor} * ${text}`
}

function printAtom(atom: IndexAtom, printer: ExpressionPrinter): string {
  switch (atom.kind) {
    case 'axis':
      return axisName(atom.axis)
    case 'quotient':
      return `floor((${printIndex(atom.dividend, printer)}) / ${atom.divisor})`
    case 'remainder':
      return `((${printIndex(atom.dividend, printer)}) mod ${atom.divisor})`
    case 'value':
      return `{${printScalar(atom.value, printer)} < ${atom.size}}`
  }
}

/** Computed nodes that several others of these expressions use, each after those below it. */
export function sharedComputations(roots: readonly Scalar[]): readonly Scalar[] {
  const nodes = nodesOf(roots)
  const uses = new Map<Scalar, number>()
  for (const child of [...roots, ...nodes.flatMap(childrenOf)]) uses.set(child, (uses.get(child) ?? 0) + 1)
  return nodes.filter((node) => (node.kind === 'apply' || node.kind === 'guard') && uses.get(node)! > 1)
}
