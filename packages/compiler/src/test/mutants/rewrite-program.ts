// Programs changed node by node: how a mutant makes its mistake.

import type { Condition, Index, IndexAtom, IndexTerm, Kernel, Program, Scalar } from '../../kernel/index.ts'

export interface Rewrites {
  /** Replaces a node whose operands are rewritten already. */
  readonly scalar?: (scalar: Scalar) => Scalar
  readonly term?: (term: IndexTerm) => IndexTerm
  readonly condition?: (condition: Condition) => Condition
  /** Replaces a kernel whose expressions are rewritten already. */
  readonly kernel?: (kernel: Kernel) => readonly Kernel[]
}

export function rewriteProgram(program: Program, rewrites: Rewrites): Program {
  const { kernel = (same) => [same] } = rewrites
  return { ...program, kernels: program.kernels.flatMap((own) => kernel(rewriteKernel(own, rewrites))) }
}

export function rewriteKernel(kernel: Kernel, rewrites: Rewrites): Kernel {
  const known = new Map<Scalar, Scalar>()
  const { scalar: replace = (same) => same, term = (same) => same, condition = (same) => same } = rewrites

  function scalar(node: Scalar): Scalar {
    const before = known.get(node)
    if (before) return before
    const rewritten = replace(withRewrittenParts(node))
    known.set(node, rewritten)
    return rewritten
  }

  function withRewrittenParts(node: Scalar): Scalar {
    switch (node.kind) {
      case 'index':
      case 'load':
        return { ...node, index: index(node.index) }
      case 'apply':
        return { ...node, operands: node.operands.map(scalar) }
      case 'guard': {
        const conditions = node.conditions.map((own) => condition({ ...own, index: index(own.index) }))
        return { ...node, conditions, value: scalar(node.value) }
      }
      case 'constant':
      case 'result':
        return node
    }
  }

  function index({ constant, terms }: Index): Index {
    return { constant, terms: terms.map(({ stride, atom: own }) => term({ stride, atom: atom(own) })) }
  }

  function atom(own: IndexAtom): IndexAtom {
    if (own.kind === 'axis') return own
    return own.kind === 'value' ? { ...own, value: scalar(own.value) } : { ...own, dividend: index(own.dividend) }
  }

  const stored = <T extends { readonly index: Index; readonly value: Scalar }>(target: T): T => ({
    ...target,
    index: index(target.index),
    value: scalar(target.value),
  })
  switch (kernel.kind) {
    case 'loop':
      return {
        ...kernel,
        steps: kernel.steps.map((step) =>
          step.kind === 'store' ? stored(step) : { ...step, value: scalar(step.value) },
        ),
      }
    case 'contraction':
      return { ...kernel, left: scalar(kernel.left), right: scalar(kernel.right), stores: kernel.stores.map(stored) }
    case 'scatter':
      return stored(kernel)
  }
}
