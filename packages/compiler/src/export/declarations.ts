// The text of the `.d.ts` file of an exported step.

import { type DType, type Shape, type Structure, showShape } from '@neurite/tensor'
import { typedArrayOf } from '../kernel/index.ts'

interface StepTypes {
  readonly arguments: readonly Structure[]
  readonly result: Structure
  readonly states: readonly { readonly dtype: DType; readonly shape: Shape }[]
}

/** Declares what the loader gives for one step. Every tensor is a typed array, row-major, beside its dtype and shape. */
export function declarationsOf({ arguments: args, result, states }: StepTypes): string {
  const parameters = args.map((argument, place) => `argument${place}: ${typeOf(argument, '    ')}`)
  const stateTypes = states.map(({ dtype, shape }) => tensorType(dtype, shape))
  return `// An exported step. Tensors are typed arrays, row-major; beside each stand its dtype and shape.

/** The values that the step keeps from run to run. */
export type States = readonly ${braced('[', stateTypes, ']', '')}

export interface Step {
  /** The dtype and shape of every state. */
  readonly states: readonly { readonly dtype: string; readonly shape: readonly number[] }[]
  /**
   * Runs the step once, which also updates the states.
   * @throws TypeError or RangeError if an argument has another structure, type or length
   * @throws Error if an index in a tensor is out of range
   */
  run${braced('(', parameters, ')', '  ')}: ${typeOf(result, '  ')}
  /** A copy of a state's present value. */
  readState<Index extends number>(index: Index): States[Index]
  /** Gives a state another value. */
  writeState<Index extends number>(index: Index, values: States[Index]): void
}

/**
 * Makes a step, with states of its own, that begins where the exported one stood.
 * @param source the bytes of the .wasm file, a Response with them, a WebAssembly.Module, or a promise for one of these
 * @throws TypeError if it is something else
 * @throws Error if the engine refuses the bytes, or they are no exported step
 */
export function load(source: object): Promise<Step>
`
}

function tensorType(dtype: DType, shape: Shape): string {
  return `${typedArrayOf[dtype].name} /* ${dtype} ${showShape(shape)} */`
}

function typeOf(structure: Structure, indent: string): string {
  const types = 'items' in structure ? structure.items.map((item) => typeOf(item, `${indent}  `)) : []
  switch (structure.kind) {
    case 'tensor':
      return tensorType(structure.dtype, structure.shape)
    case 'fixed':
      return structure.value === undefined ? 'undefined' : JSON.stringify(structure.value)
    case 'list':
      return `readonly ${braced('[', types, ']', indent)}`
    case 'record':
      return braced(
        '{',
        types.map((type, i) => `readonly ${JSON.stringify(structure.names[i])}: ${type}`),
        '}',
        indent,
      )
    case 'map':
      return `ReadonlyMap<${union(structure.keys.map((key) => JSON.stringify(key)))}, ${union(types)}>`
  }
}

function union(types: readonly string[]): string {
  return [...new Set(types)].join(' | ') || 'never'
}

function braced(open: string, items: readonly string[], close: string, indent: string): string {
  if (items.length === 0) return open + close
  return `${open}\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}${close}`
}
