// What arguments of methods must be, for callers whose compiler does not say.

import { showValue } from './errors.ts'
import { TensorNode } from './node.ts'

/** @throws TypeError unless `value` is a tensor. */
export function checkTensor(operation: string, value: unknown, orNumber = ''): void {
  if (value instanceof TensorNode) return
  const inside = (value as { readonly value?: unknown } | null | undefined)?.value
  const fix =
    inside instanceof TensorNode
      ? ' Use its `value`?'
      : typeof value === 'object' && value !== null
        ? ' Make a tensor of it with tensor(…)?'
        : ''
  throw new TypeError(`${operation}: a tensor${orNumber} is needed, not ${showValue(value)}.${fix}`)
}

/** @throws TypeError unless `value` is a tensor or a number. */
export function checkOperand(operation: string, value: unknown): void {
  if (typeof value !== 'number') checkTensor(operation, value, ' or a number')
}
