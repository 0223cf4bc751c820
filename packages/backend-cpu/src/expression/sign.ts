import type { Scalar } from '@neurite/compiler/kernel'

/** The values of which reduce steps found the maximum, by step. */
export type Maxima = ReadonlyMap<number, Scalar>

/** Whether a value is known to be zero, negative or NaN wherever it is computed: what an exponential is mostly taken of. */
export function isNeverPositive(node: Scalar, maxima: Maxima): boolean {
  if (node.kind === 'constant') return node.value <= 0
  if (node.kind !== 'apply') return false
  const [a, b] = node.operands
  switch (node.op) {
    case 'subtract':
      return b!.kind === 'result' && maxima.get(b!.step) === a
    case 'minimum':
      return isNeverPositive(a!, maxima) || isNeverPositive(b!, maxima)
    case 'negate':
      return isNeverNegative(a!)
    case 'multiply':
      return isNeverPositive(a!, maxima) ? isNeverNegative(b!) : isNeverPositive(b!, maxima) && isNeverNegative(a!)
    case 'divide':
      return isNeverPositive(a!, maxima) && isNeverNegative(b!)
    default:
      return false
  }
}

function isNeverNegative(node: Scalar): boolean {
  if (node.kind === 'constant') return node.value >= 0
  if (node.kind !== 'apply') return false
  const [a, b] = node.operands
  if (node.op === 'multiply') return a === b || (isNeverNegative(a!) && isNeverNegative(b!))
  return node.op === 'absolute' || node.op === 'exp' || node.op === 'sigmoid' || node.op === 'sqrt'
}
