// Cases written like programs: the data of inputs and states is random unless it is given.

import {
  addIndex,
  axisIndex,
  type Index,
  type Kernel,
  type LoopStep,
  type ProgramWriter,
  scaleIndex,
  type TypedArray,
  typedArrayOf,
  writeProgram,
  zeroIndex,
} from '../kernel/index.ts'
import { randomData } from './case-data.ts'
import type { ConformanceCase } from './conformance-case.ts'
import { seededRandom } from './random.ts'

/** A program writer that also knows the data of inputs and states. */
export interface CaseWriter extends ProgramWriter {
  /** An input that holds these values in every run. */
  given(...buffer: GivenBuffer): number
  /** A state that holds these values before the first run. */
  givenState(...buffer: GivenBuffer): number
}

type GivenBuffer = [dtype: Parameters<ProgramWriter['input']>[0], values: readonly number[]]

/**
 * A case of one kernel or several, run `runs` times (default 2) with different random inputs.
 * The seed of the data is the title's.
 */
export function writeCase(
  title: string,
  build: (write: CaseWriter) => Kernel | readonly Kernel[],
  { runs = 2 }: { readonly runs?: number } = {},
): ConformanceCase {
  const write = writeProgram()
  const data = new Map<number, TypedArray>()
  const remember = (buffer: number, ...[dtype, values]: GivenBuffer): number => {
    data.set(buffer, typedArrayOf[dtype].from(values))
    return buffer
  }
  const kernels = build({
    ...write,
    given: (dtype, values) => remember(write.input(dtype, values.length), dtype, values),
    givenState: (dtype, values) => remember(write.state(dtype, values.length), dtype, values),
  })
  for (const kernel of [kernels].flat() as Kernel[]) write.kernel(kernel)
  const program = write.finish()
  const random = seededRandom(seedOf(title))
  const dataOf = (buffer: number): TypedArray => {
    const { dtype, size } = program.buffers[buffer]!
    return data.get(buffer) ?? randomData(random, dtype, size)
  }
  return {
    title,
    program,
    states: program.states.map(dataOf),
    runs: Array.from({ length: runs }, () => program.inputs.map(dataOf)),
  }
}

/** FNV-1a (Fowler, Noll & Vo 1991). */
function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

export function loopKernel(extents: readonly number[], ...steps: readonly LoopStep[]): Kernel {
  return { kind: 'loop', label: steps.map(({ kind }) => kind).join(' + '), extents, steps }
}

/** constant + Σ stride · axis */
export function affine(strides: readonly number[], constant = 0): Index {
  return strides.reduce((index, stride, axis) => addIndex(index, axisIndex(axis, stride)), {
    constant,
    terms: [],
  } as Index)
}

/** The row-major position in `shape` of the point whose counters are axes `first`, `first + 1`, … */
export function rowMajor(shape: readonly number[], first = 0): Index {
  let stride = 1
  let index = zeroIndex
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index = addIndex(index, axisIndex(first + axis, stride))
    stride *= shape[axis]!
  }
  return index
}

/** The row-major position in `shape` of an index per axis. */
export function positionIn(shape: readonly number[], index: readonly Index[]): Index {
  return index.reduce((position, at, axis) => addIndex(scaleIndex(position, shape[axis]!), at), zeroIndex)
}
