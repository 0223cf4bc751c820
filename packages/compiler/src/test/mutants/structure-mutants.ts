// Loops, indices and reductions that are nearly right.

import {
  applyScalar,
  type ContractionKernel,
  constantScalar,
  type Kernel,
  type LoopKernel,
  loadScalar,
  type Reduce,
  type Scalar,
  storeTo,
} from '../../kernel/index.ts'
import { type Mutant, programMutant } from './mutant.ts'
import { rewriteKernel } from './rewrite-program.ts'

function wrongLoop(mistake: string, caughtBy: string, change: (kernel: LoopKernel) => readonly Kernel[]): Mutant {
  return programMutant(mistake, caughtBy, { kernel: (kernel) => (kernel.kind === 'loop' ? change(kernel) : [kernel]) })
}

function wrongReduce(mistake: string, change: (reduce: Reduce) => Reduce, caughtBy = 'reductions'): Mutant {
  return wrongLoop(mistake, caughtBy, (kernel) => [
    { ...kernel, steps: kernel.steps.map((step) => (step.kind === 'reduce' ? change(step) : step)) },
  ])
}

function wrongContraction(
  mistake: string,
  caughtBy: string,
  change: (kernel: ContractionKernel) => ContractionKernel,
): Mutant {
  return programMutant(mistake, caughtBy, {
    kernel: (kernel) => [kernel.kind === 'contraction' ? change(kernel) : kernel],
  })
}

/** Rounds the last extent down to whole vectors of four. */
function wholeVectors(extents: readonly number[]): readonly number[] {
  return extents.map((extent, i) => (i === extents.length - 1 && extent > 4 ? extent - (extent % 4) : extent))
}

function isFloat({ dtype }: Scalar): boolean {
  return dtype === 'float32' || dtype === 'float64'
}

const lowest = (value: Scalar): Scalar => constantScalar(Number.NEGATIVE_INFINITY, value.dtype)

export const structureMutants: readonly Mutant[] = [
  wrongLoop('elements after the last whole vector are forgotten', 'access', (kernel) => [
    { ...kernel, extents: wholeVectors(kernel.extents) },
  ]),
  wrongLoop('the last element is forgotten where it stands alone', 'access', (kernel) => [
    { ...kernel, extents: kernel.extents.map((extent) => (extent === 17 ? 16 : extent)) },
  ]),
  wrongLoop('stores run one after the other', 'updates', (kernel) =>
    kernel.steps.some(({ kind }) => kind === 'reduce')
      ? [kernel]
      : kernel.steps.map((step) => ({ ...kernel, steps: [step] })),
  ),
  wrongLoop('a store of a row ends one early', 'row programs', (kernel) => [
    {
      ...kernel,
      steps: kernel.steps.map((step) =>
        step.kind === 'store' ? { ...step, extents: step.extents.map((extent) => Math.max(1, extent - 1)) } : step,
      ),
    },
  ]),
  wrongReduce('a reduction forgets what follows the last whole vector', (reduce) => ({
    ...reduce,
    extents: wholeVectors(reduce.extents),
  })),
  wrongReduce('a maximum of nothing is 0', (reduce) =>
    reduce.extents.includes(0) && reduce.combine === 'maximum' && isFloat(reduce.value)
      ? { ...reduce, combine: 'add' }
      : reduce,
  ),
  wrongReduce('a product of nothing is 0', (reduce) =>
    reduce.extents.includes(0) && reduce.combine === 'multiply' ? { ...reduce, combine: 'add' } : reduce,
  ),
  wrongReduce('argMax ignores NaN', (reduce) => {
    if (reduce.combine !== 'argMax' || !isFloat(reduce.value)) return reduce
    const { value } = reduce
    return { ...reduce, value: applyScalar('select', [applyScalar('equal', [value, value]), value, lowest(value)]) }
  }),
  wrongReduce('maximum ignores NaN', (reduce) => {
    if (reduce.combine !== 'maximum' || !isFloat(reduce.value)) return reduce
    const { value } = reduce
    return { ...reduce, value: applyScalar('select', [applyScalar('equal', [value, value]), value, lowest(value)]) }
  }),
  wrongReduce('a maximum starts at 0', (reduce) =>
    reduce.combine === 'maximum' && isFloat(reduce.value)
      ? { ...reduce, value: applyScalar('maximum', [reduce.value, constantScalar(0, reduce.value.dtype)]) }
      : reduce,
  ),
  wrongReduce('argMax compares as float32', (reduce) =>
    reduce.combine === 'argMax' && reduce.value.dtype === 'int32'
      ? { ...reduce, value: applyScalar('cast', [reduce.value], 'float32') }
      : reduce,
  ),
  programMutant('a guard gives 0 instead of its other value', 'guards and divisions', {
    scalar: (node) => (node.kind === 'guard' ? { ...node, otherwise: 0 } : node),
  }),
  programMutant('a guard looks at its first condition only', 'guards and divisions', {
    scalar: (node) => (node.kind === 'guard' ? { ...node, conditions: node.conditions.slice(0, 1) } : node),
  }),
  programMutant('a guard is passed over', 'guards and divisions', {
    scalar: (node) => (node.kind === 'guard' ? node.value : node),
  }),
  programMutant('the upper bound of a condition belongs to it', 'guards and divisions', {
    condition: (condition) => ({ ...condition, high: condition.high + 1 }),
  }),
  programMutant('the lower bound of a condition does not belong to it', 'guards and divisions', {
    condition: (condition) => ({ ...condition, low: condition.low + 1 }),
  }),
  programMutant('holes of a dilation are not seen', 'guards and divisions', {
    condition: ({ divisor: _, ...condition }) => condition,
  }),
  programMutant('padding is not seen in convolutions', 'convolutions', {
    scalar: (node) => (node.kind === 'guard' ? node.value : node),
  }),
  programMutant('quotients round up', 'guards and divisions', {
    term: ({ stride, atom }) =>
      atom.kind === 'quotient'
        ? {
            stride: -stride,
            atom: {
              ...atom,
              dividend: {
                constant: -atom.dividend.constant,
                terms: atom.dividend.terms.map((term) => ({ ...term, stride: -term.stride })),
              },
            },
          }
        : { stride, atom },
  }),
  programMutant('remainders are one too large a divisor', 'guards and divisions', {
    term: ({ stride, atom }) => ({
      stride,
      atom: atom.kind === 'remainder' ? { ...atom, divisor: atom.divisor + 1 } : atom,
    }),
  }),
  programMutant('what lies backwards is read forwards', 'access', {
    scalar: (node) =>
      node.kind === 'load' && node.index.terms.length === 1 && node.index.terms[0]!.stride < 0
        ? {
            ...node,
            index: { constant: 0, terms: node.index.terms.map((term) => ({ ...term, stride: -term.stride })) },
          }
        : node,
  }),
  programMutant('counters of bytes stop at 127', 'access', {
    scalar: (node) =>
      node.kind === 'index' && node.dtype === 'uint8'
        ? applyScalar('minimum', [node, constantScalar(127, 'uint8')])
        : node,
  }),
  programMutant('a look-up may go as far as the size', 'look-ups', {
    term: ({ stride, atom }) => ({ stride, atom: atom.kind === 'value' ? { ...atom, size: atom.size + 1 } : atom }),
  }),
  wrongContraction('depth beyond whole blocks is forgotten', 'contractions', (kernel) => ({
    ...kernel,
    depth: wholeVectors(kernel.depth),
  })),
  wrongContraction('columns beyond whole vectors are forgotten', 'contractions', (kernel) => ({
    ...kernel,
    columns: wholeVectors(kernel.columns),
  })),
  wrongContraction('rows beyond whole tiles are forgotten', 'contractions', (kernel) => ({
    ...kernel,
    rows: wholeVectors(kernel.rows),
  })),
  wrongContraction('batches all multiply the first matrix', 'contractions', (kernel) => ({
    ...kernel,
    left: withoutAxis(kernel.left, kernel.batch.length > 0 ? 0 : -1),
  })),
  wrongContraction('an epilogue is passed over', 'epilogues', (kernel) => ({
    ...kernel,
    stores: kernel.stores.map((store) =>
      store.value.dtype === kernel.left.dtype
        ? { ...store, value: { kind: 'result', step: 0, dtype: kernel.left.dtype } }
        : store,
    ),
  })),
  wrongContraction('only the first store of an epilogue runs', 'epilogues', (kernel) => ({
    ...kernel,
    stores: kernel.stores.slice(0, 1),
  })),
  wrongContraction('int32 products are summed in float64', 'contractions', (kernel) => {
    if (kernel.left.dtype !== 'int32') return kernel
    const sum: Scalar = { kind: 'result', step: 0, dtype: 'float64' }
    const rewritten = rewriteKernel(kernel, {
      scalar: (node) => (node.kind === 'result' ? applyScalar('cast', [sum], 'int32') : node),
    }) as ContractionKernel
    const wide = (operand: Scalar): Scalar => applyScalar('cast', [operand], 'float64')
    return { ...rewritten, left: wide(kernel.left), right: wide(kernel.right) }
  }),
  programMutant('the last value scattered to an element wins', 'scatters', {
    kernel: (kernel) => {
      if (kernel.kind !== 'scatter') return [kernel]
      const { index, value, buffer, extents, label } = kernel
      return [
        { ...kernel, extents: [0] },
        { kind: 'loop', label, extents, steps: [storeTo(buffer, index, value)] },
      ]
    },
  }),
  programMutant('a scatter adds to what is there', 'scatters', {
    kernel: (kernel) => {
      if (kernel.kind !== 'scatter') return [kernel]
      const { index, value, buffer, extents, label } = kernel
      const sum = applyScalar('add', [loadScalar(buffer, index, value.dtype), value])
      return [{ kind: 'loop', label, extents, steps: [storeTo(buffer, index, sum)] }]
    },
  }),
  programMutant('temporaries share the first bytes of the arena', 'updates', (program) => ({
    ...program,
    buffers: program.buffers.map((buffer) => (buffer.role === 'temporary' ? { ...buffer, offset: 0 } : buffer)),
  })),
  programMutant('constants are rounded to float32', 'updates', (program) => ({
    ...program,
    buffers: program.buffers.map((buffer) =>
      buffer.data === undefined ? buffer : { ...buffer, data: Array.from(buffer.data, Math.fround) },
    ),
  })),
  programMutant('the last kernel is forgotten where there are many', 'random programs', (program) =>
    program.kernels.length > 4 ? { ...program, kernels: program.kernels.slice(0, -1) } : program,
  ),
]

function withoutAxis(scalar: Scalar, axis: number): Scalar {
  if (scalar.kind !== 'load') return scalar
  const terms = scalar.index.terms.filter(({ atom }) => atom.kind !== 'axis' || atom.axis !== axis)
  return { ...scalar, index: { ...scalar.index, terms } }
}
