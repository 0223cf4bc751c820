// Runs programs on this backend and on the reference backend, and tells where they differ.

import {
  addIndex,
  axisIndex,
  type Backend,
  type DType,
  type Index,
  type Kernel,
  type LoopStep,
  type Program,
  type ProgramWriter,
  referenceBackend,
  type TypedArray,
  typedArrayOf,
  validate,
  writeProgram,
} from '@neurite/compiler/kernel'
import { cpuBackend } from '../index.ts'

/** Numbers from a linear congruential generator: the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

export function randomArray(dtype: DType, size: number, random: () => number): TypedArray {
  const draw = (): number => {
    switch (dtype) {
      case 'float32':
      case 'float64':
        return 4 * random() - 2
      case 'int32':
        return Math.floor(random() * 20) - 10
      case 'uint8':
        return Math.floor(random() * 256)
      case 'bool':
        return random() < 0.5 ? 0 : 1
    }
  }
  return typedArrayOf[dtype].from(Array.from({ length: size }, draw))
}

const cpu = cpuBackend({ fewestProductsOfTiles: 0 })

/** Runs a program twice on both backends with random data; gives sentences about what differs by more than `tolerance`. */
export function differencesBetweenBackends(
  program: Program,
  {
    seed = 1,
    tolerance = 2e-5,
    data = {},
  }: { seed?: number; tolerance?: number; data?: Record<number, number[]> } = {},
): string[] {
  validate(program)
  const random = randomNumbers(seed)
  const dataOf = (buffer: number): TypedArray => {
    const { dtype, size } = program.buffers[buffer]!
    return data[buffer] ? typedArrayOf[dtype].from(data[buffer]) : randomArray(dtype, size, random)
  }
  const initial = program.states.map(dataOf)
  const runs = [0, 1].map(() => program.inputs.map(dataOf))
  const [actual, expected] = [cpu, referenceBackend()].map((backend) => resultsOf(backend, program, initial, runs))
  return expected!.flatMap(({ name, values }, place) => differing(name, actual![place]!.values, values, tolerance))
}

interface Named {
  readonly name: string
  readonly values: TypedArray
}

function resultsOf(
  backend: Backend,
  program: Program,
  initial: readonly TypedArray[],
  runs: readonly TypedArray[][],
): Named[] {
  const states = program.states.map((buffer, place) => {
    const { dtype, size } = program.buffers[buffer]!
    const state = backend.createState(dtype, size)
    state.write(initial[place]!)
    return state
  })
  const executable = backend.prepare(program, states)
  const found: Named[] = runs.flatMap((inputs, run) =>
    executable.runSync!(inputs).map((values, output) => ({ name: `run ${run} output ${output}`, values })),
  )
  for (const [place, state] of states.entries()) found.push({ name: `state ${place}`, values: state.readSync!() })
  executable.release()
  for (const state of states) state.release()
  return found
}

export function differing(name: string, actual: TypedArray, expected: TypedArray, tolerance: number): string[] {
  const wrong: string[] = []
  if (actual.constructor !== expected.constructor || actual.length !== expected.length) return [`${name}: another type`]
  const allowed = expected instanceof Float32Array || expected instanceof Float64Array ? tolerance : 0
  expected.forEach((value: number, i: number) => {
    const found = actual[i]!
    const isSame =
      Object.is(found, value) || found === value || Math.abs(found - value) <= allowed * (1 + Math.abs(value))
    if (!isSame) wrong.push(`${name}[${i}]: ${found} instead of ${value}`)
  })
  return wrong.slice(0, 5)
}

/** A program of one loop kernel. */
export function loopProgram(
  build: (write: ProgramWriter) => { extents: readonly number[]; steps: readonly LoopStep[] },
): Program {
  return oneKernel((write) => ({ kind: 'loop', label: 'loop', ...build(write) }))
}

export function oneKernel(build: (write: ProgramWriter) => Kernel): Program {
  const write = writeProgram()
  write.kernel(build(write))
  return write.finish()
}

/** constant + Σ stride · axis */
export function affine(strides: readonly number[], constant = 0): Index {
  return strides.reduce((sum, stride, axis) => addIndex(sum, axisIndex(axis, stride)), { constant, terms: [] } as Index)
}

/** The place of a point in an array of this shape. */
export function rowMajor(shape: readonly number[]): Index {
  return affine(shape.map((_, axis) => elementsOf(shape.slice(axis + 1))))
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}
