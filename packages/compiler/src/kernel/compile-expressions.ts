// Scalars and indices become JavaScript closures: built once per kernel, called at every point.

import { type Evaluate, indexCompiler, type ValueAtom } from './compile-indices.ts'
import type { TypedArray } from './dtype.ts'
import type { Index } from './indexing.ts'
import { type Scalar, scalarOpArity } from './scalar.ts'
import { conversion, operation } from './scalar-arithmetic.ts'
import { childrenOf, nodesOf } from './traverse.ts'

/** What the closures of one kernel read. */
export interface Frame {
  readonly memory: readonly TypedArray[]
  /** The point: a counter per axis. */
  readonly axes: number[]
  /** What the reduce steps found, by step. */
  readonly results: number[]
  /** Advances at every point, so that a shared value knows when it is stale. */
  time: number
  /** Takes note of an index that left its range. */
  readonly onFault: (fault: number, value: number) => void
}

export interface ExpressionCompiler {
  readonly scalar: (scalar: Scalar) => Evaluate
  readonly index: (index: Index) => Evaluate
}

/** A compiler for expressions that are evaluated together at each point; `roots` are all of them. */
export function expressionCompiler(frame: Frame, roots: readonly Scalar[]): ExpressionCompiler {
  const compiled = new Map<Scalar, Evaluate>()
  const shared = sharedNodes(roots)
  const { index, conditions } = indexCompiler(frame.axes, lookUp)

  function scalar(node: Scalar): Evaluate {
    const known = compiled.get(node)
    if (known) return known
    const evaluate = shared.has(node) ? onceAPoint(frame, scalarClosure(node)) : scalarClosure(node)
    compiled.set(node, evaluate)
    return evaluate
  }

  function scalarClosure(node: Scalar): Evaluate {
    switch (node.kind) {
      case 'constant': {
        const value = conversion('float64', node.dtype)(node.value)
        return () => value
      }
      case 'index': {
        const at = index(node.index)
        const convert = conversion('int32', node.dtype)
        return () => convert(at())
      }
      case 'load': {
        const data = frame.memory[node.buffer]!
        const at = index(node.index)
        return () => data[at()]!
      }
      case 'apply':
        return application(node)
      case 'guard': {
        const holds = conditions(node.conditions)
        const value = scalar(node.value)
        const otherwise = conversion('float64', node.dtype)(node.otherwise)
        return () => (holds() ? value() : otherwise)
      }
      case 'result': {
        const { results } = frame
        const { step } = node
        return () => results[step]!
      }
    }
  }

  function application({ op, operands, dtype }: Scalar & { readonly kind: 'apply' }): Evaluate {
    const [a, b, c] = operands.map(scalar) as [Evaluate, Evaluate, Evaluate]
    if (op === 'cast') {
      const convert = conversion(operands[0]!.dtype, dtype)
      return () => convert(a())
    }
    const apply = operation(op, op === 'select' ? dtype : operands[0]!.dtype)
    switch (scalarOpArity[op]) {
      case 1:
        return () => apply(a(), 0, 0)
      case 2:
        return () => apply(a(), b(), 0)
      case 3:
        return () => apply(a(), b(), c())
    }
  }

  function lookUp({ value, size, fault }: ValueAtom): Evaluate {
    const evaluate = scalar(value)
    return () => {
      const found = evaluate()
      if (found >= 0 && found < size) return found
      frame.onFault(fault, found)
      return 0
    }
  }

  return { scalar, index }
}

/** Nodes that several others use and that are dearer to evaluate than to remember. */
export function sharedNodes(roots: readonly Scalar[]): ReadonlySet<Scalar> {
  const used = new Set<Scalar>()
  const shared = new Set<Scalar>()
  for (const child of [...roots, ...nodesOf(roots).flatMap(childrenOf)]) {
    if (used.has(child) && child.kind !== 'constant' && child.kind !== 'result') shared.add(child)
    used.add(child)
  }
  return shared
}

function onceAPoint(frame: Frame, evaluate: Evaluate): Evaluate {
  let evaluatedAt = -1
  let value = 0
  return () => {
    if (evaluatedAt !== frame.time) {
      value = evaluate()
      evaluatedAt = frame.time
    }
    return value
  }
}
