// An exported step. Tensors are typed arrays, row-major; beside each stand its dtype and shape.

/** The values that the step keeps from run to run. */
export type States = readonly [
  Float32Array /* float32 [8, 2] */,
  Float32Array /* float32 [8] */,
  Float32Array /* float32 [1, 8] */,
  Float32Array /* float32 [1] */,
  Float32Array /* float32 [] */,
]

export interface Step {
  /** The dtype and shape of every state. */
  readonly states: readonly { readonly dtype: string; readonly shape: readonly number[] }[]
  /**
   * Runs the step once, which also updates the states.
   * @throws TypeError or RangeError if an argument has another structure, type or length
   * @throws Error if an index in a tensor is out of range
   */
  run(
    argument0: Float32Array /* float32 [4, 2] */,
    argument1: Float32Array /* float32 [4, 1] */,
  ): Float32Array /* float32 [] */
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
