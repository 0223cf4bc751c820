// A backend that rounds otherwise than the interpreter, as far as it may, must not be blamed.

import { describe, expect, it } from 'vitest'
import {
  applyScalar,
  type Backend,
  constantScalar,
  type Kernel,
  referenceBackend,
  type Scalar,
  type ScalarOp,
} from '../kernel/index.ts'
import { rewriteKernel } from '../test/mutants/rewrite-program.ts'
import { testBackend } from './test-backend.ts'

const elementary: ReadonlySet<ScalarOp> = new Set(['exp', 'log', 'tanh', 'sigmoid', 'erf', 'power'])

/** Moves a number by one or two units in its last place. */
function moved(value: Scalar): Scalar {
  const factor = value.dtype === 'float32' ? 1 - 2 ** -23 : 1 - 2 ** -52
  return applyScalar('multiply', [value, constantScalar(factor, value.dtype)])
}

function isFloat({ dtype }: Scalar): boolean {
  return dtype === 'float32' || dtype === 'float64'
}

/** Whether a result is a sum of several floats, so that its rounding is up to the backend. */
function isSum(kernel: Kernel, result: Scalar & { readonly kind: 'result' }): boolean {
  const size = (extents: readonly number[]): number => extents.reduce((product, extent) => product * extent, 1)
  if (kernel.kind === 'contraction') return size(kernel.depth) > 1
  const step = kernel.kind === 'loop' ? kernel.steps[result.step] : undefined
  return step?.kind === 'reduce' && (step.combine === 'add' || step.combine === 'multiply') && size(step.extents) > 1
}

function inexactBackend(): Backend {
  const reference = referenceBackend()
  const inexact = (kernel: Kernel): Kernel =>
    rewriteKernel(kernel, {
      scalar: (node) => {
        if (!isFloat(node)) return node
        if (node.kind === 'apply' && elementary.has(node.op)) return moved(node)
        if (node.kind === 'result' && isSum(kernel, node)) return moved(node)
        // Which of two zeros is the larger.
        if (node.kind === 'apply' && (node.op === 'maximum' || node.op === 'minimum'))
          return { ...node, operands: node.operands.toReversed() }
        return node
      },
    })
  return {
    ...reference,
    prepare: (program, states) => reference.prepare({ ...program, kernels: program.kernels.map(inexact) }, states),
  }
}

testBackend('a backend that rounds otherwise', inexactBackend, { describe, it, expect }, { programs: 300 })
