// Scalars and indices by themselves: numbers that exist, axes that are there, dtypes that agree.

import type { Violation } from './constraints.ts'
import type { DType } from './dtype.ts'
import { type Condition, type Index, type IndexAtom, sameAtom } from './indexing.ts'
import type { Kernel, Program } from './kernel.ts'
import { axisName, bufferName } from './print-expressions.ts'
import { type Scalar, type ScalarOp, scalarOpArity } from './scalar.ts'
import { dtypeOfReduce, dtypesOfScalarOp } from './scalar-dtypes.ts'
import { indicesOfPart, type KernelPart, nodesOf, rootsOf } from './traverse.ts'

/** Rules C1, C6 to C12 and C14 for the expressions of one part of a kernel. */
export function checkExpressions(program: Program, kernel: Kernel, part: KernelPart, violation: Violation): void {
  for (const node of nodesOf(rootsOf(part))) checkNode(program, kernel, part, node, violation)
  for (const index of new Set(indicesOfPart(part))) checkIndex(program, part, index, violation)
}

function checkNode(program: Program, kernel: Kernel, part: KernelPart, node: Scalar, violation: Violation): void {
  switch (node.kind) {
    case 'constant':
      if (!isValueOf(node.dtype, node.value)) throw violation('C14', `${node.value} is not a value of ${node.dtype}`)
      return
    case 'index':
      return
    case 'load':
      checkLoad(program, node, violation)
      return
    case 'apply':
      checkApplication(node, violation)
      return
    case 'guard':
      node.conditions.forEach((condition) => {
        checkCondition(condition, violation)
      })
      if (node.value.dtype !== node.dtype) throw violation('C12', `guard of ${node.dtype} around ${node.value.dtype}`)
      if (!isValueOf(node.dtype, node.otherwise))
        throw violation('C14', `${node.otherwise} is not a value of ${node.dtype}`)
      return
    case 'result':
      checkResult(kernel, part, node, violation)
  }
}

function isValueOf(dtype: DType, value: number): boolean {
  switch (dtype) {
    case 'float32':
    case 'float64':
      return true
    case 'int32':
      return value === (value | 0)
    case 'uint8':
      return value === (value & 255)
    case 'bool':
      return value === 0 || value === 1
  }
}

function checkLoad({ buffers }: Program, node: Scalar & { readonly kind: 'load' }, violation: Violation): void {
  const buffer = buffers[node.buffer]
  if (buffer === undefined) throw violation('C1', `loads buffer ${node.buffer} of ${buffers.length}`)
  if (buffer.dtype !== node.dtype)
    throw violation('C11', `loads ${node.dtype} from ${bufferName(node.buffer, buffers)} of ${buffer.dtype}`)
}

function checkApplication({ op, operands, dtype }: Scalar & { readonly kind: 'apply' }, violation: Violation): void {
  const found = operands.map((operand) => operand.dtype)
  const show = (): string => `${op} of ${found.join(', ') || 'nothing'} as ${dtype}`
  if (operands.length !== scalarOpArity[op]) throw violation('C12', show())
  // What is left after the condition of a select must be of one dtype, which the operation knows.
  const [first, ...others] = op === 'select' ? found.slice(1) : found
  if (op === 'select' && found[0] !== 'bool') throw violation('C12', show())
  if (!dtypesOfScalarOp[op].includes(first!) || others.some((other) => other !== first)) throw violation('C12', show())
  if (op !== 'cast' && dtype !== (isComparison(op) ? 'bool' : first)) throw violation('C12', show())
}

function isComparison(op: ScalarOp): boolean {
  return op === 'less' || op === 'lessEqual' || op === 'equal'
}

function checkCondition({ low, high, divisor = 1 }: Condition, violation: Violation): void {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || !(Number.isSafeInteger(divisor) && divisor > 0))
    throw violation('C6', `condition ${low} <= … < ${high}, divisor ${divisor}`)
}

function checkResult(
  kernel: Kernel,
  part: KernelPart,
  { step, dtype }: Scalar & { readonly kind: 'result' },
  violation: Violation,
): void {
  const found = resultDType(kernel, part, step)
  if (found === undefined) throw violation('C10', `uses result ${step}`)
  if (found !== dtype) throw violation('C10', `uses result ${step}, which is ${found}, as ${dtype}`)
}

function resultDType(kernel: Kernel, part: KernelPart, step: number): DType | undefined {
  if (kernel.kind === 'contraction') return part.kind === 'store' && step === 0 ? kernel.left.dtype : undefined
  const reduce = kernel.kind === 'loop' && step < part.step ? kernel.steps[step] : undefined
  return reduce?.kind === 'reduce' ? dtypeOfReduce(reduce) : undefined
}

function checkIndex(program: Program, part: KernelPart, index: Index, violation: Violation): void {
  if (!Number.isSafeInteger(index.constant)) throw violation('C9', `index with constant ${index.constant}`)
  index.terms.forEach(({ stride, atom }, place) => {
    if (!Number.isSafeInteger(stride) || stride === 0) throw violation('C9', `index with stride ${stride}`)
    if (index.terms.some((other, i) => i < place && sameAtom(other.atom, atom)))
      throw violation('C9', `index with the same ${atom.kind} in two terms`)
    checkAtom(program, part, atom, violation)
  })
}

function checkAtom(program: Program, part: KernelPart, atom: IndexAtom, violation: Violation): void {
  switch (atom.kind) {
    case 'axis':
      if (part.axes.includes(atom.axis)) return
      // A contraction's operands have the other's axes, but must not use them.
      if (part.kind === 'operand' && atom.axis < part.extents.length)
        throw violation('C8', `uses axis ${axisName(atom.axis)}`)
      throw violation('C7', `uses axis ${atom.axis} of ${part.extents.length}`)
    case 'value':
      if (atom.value.dtype !== 'int32') throw violation('C9', `looks up an index of ${atom.value.dtype}`)
      if (!Number.isSafeInteger(atom.size) || atom.size < 0)
        throw violation('C6', `looks up an index below ${atom.size}`)
      if (program.faults[atom.fault] === undefined)
        throw violation('C1', `reports fault ${atom.fault} of ${program.faults.length}`)
      return
    case 'quotient':
    case 'remainder':
      if (!Number.isSafeInteger(atom.divisor) || atom.divisor <= 0)
        throw violation('C9', `${atom.kind} by ${atom.divisor}`)
  }
}
