import type { Structure, Tensor, Variable } from '@neurite/tensor'
import type { Capture } from '../compile/capture.ts'
import type { BoundCapture } from '../compile/compiled-call.ts'
import type { Backend, Program } from '../kernel/index.ts'
import { declarationsOf } from './declarations.ts'
import { formatVersion, loaderText } from './loader.ts'
import { checkPortable } from './portable.ts'
import { describeModule, type PlacedTensor } from './step-description.ts'

/** A call of a compiled function as files that run without the framework. */
export interface ExportedStep {
  /** The `.wasm` file: machine code, constants, and the values of the variables. */
  readonly wasm: Uint8Array<ArrayBuffer>
  /** The `.js` file, an ECMAScript module without imports: its `load` makes a step of the `.wasm` file. */
  readonly javascript: string
  /** The `.d.ts` file beside the `.js` file. */
  readonly types: string
  /** The variables in the order in which the loaded step counts them: `readState(i)` reads `variables[i]`. */
  readonly variables: readonly Variable[]
}

interface CapturedCall {
  readonly argumentStructures: readonly Structure[]
  readonly capture: Capture
  readonly bound: BoundCapture
  readonly program: Program
  /** What the variables hold. */
  readonly values: readonly Tensor[]
}

/**
 * @throws Error if the backend cannot export, or if the arguments or results hold what another program cannot be given
 */
export async function exportStep(call: CapturedCall, backend: Backend): Promise<ExportedStep> {
  const { argumentStructures, capture, bound, program, values } = call
  if (backend.exportProgram === undefined)
    throw new Error(
      `export: the backend '${backend.name}' cannot export programs. Use one that can, such as useBackend(cpuBackend()) from @neurite/backend-cpu.`,
    )
  for (const [place, structure] of argumentStructures.entries()) checkPortable(structure, `argument ${place}`)
  checkPortable(capture.result, 'the result')

  const states = await Promise.all(values.map((value) => value.data()))
  const { wasm, inputs, outputs, states: stateAddresses, ...module } = await backend.exportProgram(program, states)
  const placed = (tensor: Pick<Tensor, 'dtype' | 'shape'>, address: number): PlacedTensor => {
    return { dtype: tensor.dtype, shape: tensor.shape, address }
  }
  const description = {
    version: formatVersion,
    arguments: argumentStructures,
    result: capture.result,
    inputs: bound.taken.map((place, i) => ({ ...placed(capture.placeholders[place]!, inputs[i]!), place })),
    outputs: capture.outputs.map((tensor, i) => placed(tensor, outputs[i]!)),
    states: bound.variables.map((variable, i) => placed(variable, stateAddresses[i]!)),
    faults: program.faults.map(({ message }) => message),
    ...module,
  }
  return {
    wasm: describeModule(wasm, description),
    javascript: loaderText,
    types: declarationsOf(description),
    variables: bound.variables,
  }
}
