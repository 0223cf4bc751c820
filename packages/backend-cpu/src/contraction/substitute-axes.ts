// Rewrites the axes of kernel expressions: the means by which a contraction is brought to the form that tiles best.

import {
  addIndex,
  type Condition,
  constantIndex,
  divideIndex,
  type Index,
  type Scalar,
  scaleIndex,
} from '@neurite/compiler/kernel'

/** What stands for each axis in the new expression, and the extents of the new axes. */
export interface AxisSubstitution {
  readonly replacement: (axis: number) => Index
  readonly extents: readonly number[]
  /** What stands for a contraction's sum; itself if absent. */
  readonly result?: Scalar
}

/** The index with every axis replaced; quotients and remainders are simplified where the new axes allow it. */
export function substituteIndex(index: Index, substitution: AxisSubstitution): Index {
  let result = constantIndex(index.constant)
  for (const { stride, atom } of index.terms) {
    switch (atom.kind) {
      case 'axis':
        result = addIndex(result, scaleIndex(substitution.replacement(atom.axis), stride))
        break
      case 'value': {
        const value = substituteScalar(atom.value, substitution)
        result = addIndex(result, { constant: 0, terms: [{ stride, atom: { ...atom, value } }] })
        break
      }
      case 'quotient':
      case 'remainder': {
        const dividend = substituteIndex(atom.dividend, substitution)
        const divided = divideIndex(dividend, atom.divisor, substitution.extents)
        result = addIndex(result, scaleIndex(divided[atom.kind], stride))
        break
      }
    }
  }
  return result
}

/** The expression with every axis replaced; nodes that were shared stay shared. */
export function substituteScalar(
  scalar: Scalar,
  substitution: AxisSubstitution,
  done: Map<Scalar, Scalar> = new Map(),
): Scalar {
  const known = done.get(scalar)
  if (known) return known
  const result = substituteNode(scalar, substitution, done)
  done.set(scalar, result)
  return result
}

function substituteNode(scalar: Scalar, substitution: AxisSubstitution, done: Map<Scalar, Scalar>): Scalar {
  switch (scalar.kind) {
    case 'constant':
      return scalar
    case 'result':
      return substitution.result ?? scalar
    case 'index':
    case 'load':
      return { ...scalar, index: substituteIndex(scalar.index, substitution) }
    case 'apply':
      return { ...scalar, operands: scalar.operands.map((operand) => substituteScalar(operand, substitution, done)) }
    case 'guard':
      return {
        ...scalar,
        conditions: scalar.conditions.map((condition) => substituteCondition(condition, substitution)),
        value: substituteScalar(scalar.value, substitution, done),
      }
  }
}

function substituteCondition(condition: Condition, substitution: AxisSubstitution): Condition {
  return { ...condition, index: substituteIndex(condition.index, substitution) }
}

/** The expression with every node replaced, after those below it; nodes that were shared stay shared. Look-ups in indices stay. */
export function mapNodes(root: Scalar, replace: (node: Scalar) => Scalar): Scalar {
  const done = new Map<Scalar, Scalar>()
  const visit = (node: Scalar): Scalar => {
    const known = done.get(node)
    if (known !== undefined) return known
    const result = replace(withChildren(node, visit))
    done.set(node, result)
    return result
  }
  return visit(root)
}

function withChildren(node: Scalar, map: (child: Scalar) => Scalar): Scalar {
  switch (node.kind) {
    case 'apply':
      return { ...node, operands: node.operands.map(map) }
    case 'guard':
      return { ...node, value: map(node.value) }
    case 'constant':
    case 'index':
    case 'load':
    case 'result':
      return node
  }
}
