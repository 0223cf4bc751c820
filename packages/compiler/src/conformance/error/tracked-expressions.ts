// Expressions as closures that find a value and, beside it, its error.

import { sharedNodes } from '../../kernel/compile-expressions.ts'
import { type Evaluate, indexCompiler, type ValueAtom } from '../../kernel/compile-indices.ts'
import { type DType, type Index, operation, type Scalar, scalarOpArity, type TypedArray } from '../../kernel/index.ts'
import { conversion } from '../../kernel/scalar-arithmetic.ts'
import { castErrorRule, errorRule } from './operation-error.ts'

/** What the closures of one kernel read. */
export interface TrackedFrame {
  readonly memory: readonly TypedArray[]
  /** The errors of what `memory` holds. */
  readonly errors: readonly Float64Array[]
  readonly axes: number[]
  /** What the reduce steps found, by step, and its errors. */
  readonly results: number[]
  readonly resultErrors: number[]
  /** Advances at every point, so that a shared value knows when it is stale. */
  time: number
  /** The error of the value that a closure returned last. */
  error: number
  readonly onFault: (fault: number, value: number) => void
}

export interface TrackedExpressionCompiler {
  /** The closure leaves the value's error in the frame. */
  readonly scalar: (scalar: Scalar) => Evaluate
  readonly index: (index: Index) => Evaluate
}

/** A compiler for expressions that are evaluated together at each point; `roots` are all of them. */
export function trackedExpressions(frame: TrackedFrame, roots: readonly Scalar[]): TrackedExpressionCompiler {
  const compiled = new Map<Scalar, Evaluate>()
  const shared = sharedNodes(roots)
  const { index, conditions } = indexCompiler(frame.axes, lookUp)

  function scalar(node: Scalar): Evaluate {
    const known = compiled.get(node)
    if (known) return known
    const evaluate = shared.has(node) ? onceAPoint(frame, closure(node)) : closure(node)
    compiled.set(node, evaluate)
    return evaluate
  }

  function closure(node: Scalar): Evaluate {
    switch (node.kind) {
      case 'constant': {
        const value = constantOf(node.value, node.dtype)
        return () => {
          frame.error = 0
          return value
        }
      }
      case 'index': {
        const at = index(node.index)
        const convert = conversion('int32', node.dtype)
        return () => {
          const value = convert(at())
          frame.error = 0
          return value
        }
      }
      case 'load': {
        const data = frame.memory[node.buffer]!
        const errors = frame.errors[node.buffer]!
        const at = index(node.index)
        return () => {
          const place = at()
          frame.error = errors[place]!
          return data[place]!
        }
      }
      case 'apply':
        return application(node)
      case 'guard': {
        const holds = conditions(node.conditions)
        const value = scalar(node.value)
        const otherwise = constantOf(node.otherwise, node.dtype)
        return () => {
          if (holds()) return value()
          frame.error = 0
          return otherwise
        }
      }
      case 'result': {
        const { results, resultErrors } = frame
        const { step } = node
        return () => {
          frame.error = resultErrors[step]!
          return results[step]!
        }
      }
    }
  }

  function application({ op, operands, dtype }: Scalar & { readonly kind: 'apply' }): Evaluate {
    const from = operands[0]!.dtype
    const own = op === 'select' ? dtype : from
    const apply = op === 'cast' ? conversion(from, dtype) : operation(op, own)
    const errorOf = op === 'cast' ? castErrorRule(from, dtype) : errorRule(op, own)
    const [first, second, third] = operands.map(scalar)
    const arity = scalarOpArity[op]
    return () => {
      const a = first!()
      const ea = frame.error
      const b = arity > 1 ? second!() : 0
      const eb = arity > 1 ? frame.error : 0
      const c = arity > 2 ? third!() : 0
      const ec = arity > 2 ? frame.error : 0
      const value = apply(a, b, c)
      frame.error = errorOf(value, a, b, c, ea, eb, ec)
      return value
    }
  }

  function lookUp({ value, size, fault }: ValueAtom): Evaluate {
    const evaluate = scalar(value)
    return () => {
      const found = evaluate()
      if (frame.error !== 0) throw new Error('conformance: an index of the program depends on how a backend rounds.')
      if (found >= 0 && found < size) return found
      frame.onFault(fault, found)
      return 0
    }
  }

  return { scalar, index }
}

function constantOf(value: number, dtype: DType): number {
  return conversion('float64', dtype)(value)
}

function onceAPoint(frame: TrackedFrame, evaluate: Evaluate): Evaluate {
  let evaluatedAt = -1
  let value = 0
  let error = 0
  return () => {
    if (evaluatedAt !== frame.time) {
      value = evaluate()
      error = frame.error
      evaluatedAt = frame.time
    }
    frame.error = error
    return value
  }
}
