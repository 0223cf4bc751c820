import { captureScope, type Tensor } from '@neurite/tensor'
import type { ExportedStep } from '../export/export-step.ts'
import { installedBackend } from '../runtime/installed-backend.ts'
import { capture, checkFunction, structuresOf } from './capture.ts'
import { bindCapture, CompiledCall, programOf } from './compiled-call.ts'

/** A function that replays a program. */
export type Compiled<F extends (...args: never[]) => unknown> = F & {
  /**
   * A call with such arguments as a `.wasm` file and a loader, which run it without the framework; the variables go along with their
   * present values. The file needs an engine that knows what this one knows (relaxed SIMD, if this one does).
   * @throws Error if the backend cannot export; if arguments or results hold anything but tensors, plain values and containers of them
   */
  export(...args: Parameters<F>): Promise<ExportedStep>
}

// One per batch size, mode and the like. More than this many in turn means that an argument should have been a tensor.
const mostPrograms = 64

/**
 * The same function as one program, forward, backward and update together.
 *
 * The function runs once for every new combination of argument shapes, dtypes, other arguments (numbers, strings, objects: by
 * identity) and flags such as train mode, on tensors without values; what it builds is compiled, and later calls replay it.
 * So its JavaScript must be synchronous and must not read tensors; a value that changes from call to call must be a tensor
 * in the arguments or a Variable. Variables assigned inside are updated in place. Tensors may lie in arrays,
 * records and maps, in arguments and results. Called inside another compiled function it becomes part of that one.
 *
 * @throws Error if the function is asynchronous or reads a value; whatever the function throws.
 */
export function compile<F extends (...args: never[]) => unknown>(fn: F): Compiled<F> {
  checkFunction('compile', fn)
  let calls: CompiledCall[] = []

  function callFor(args: readonly unknown[], tensors: Tensor[]): CompiledCall {
    const backend = installedBackend()
    const known = calls.findIndex((call) => {
      tensors.length = 0
      return call.backend === backend && call.accepts(args, tensors)
    })
    const found = known < 0 ? captureCall(args, tensors) : calls[known]!
    if (known !== 0) calls = [found, ...calls.filter((call) => call !== found)]
    for (const call of calls.splice(mostPrograms)) call.release()
    return found
  }

  function captureCall(args: readonly unknown[], tensors: Tensor[]): CompiledCall {
    tensors.length = 0
    const structures = structuresOf(args, tensors)
    return new CompiledCall(structures, capture(fn, structures), installedBackend())
  }

  const compiled = (...args: never[]): unknown => {
    if (captureScope() !== undefined) return fn(...args)
    const tensors: Tensor[] = []
    return callFor(args, tensors).run(tensors)
  }
  const exportCall = async (...args: never[]): Promise<ExportedStep> => {
    const argumentStructures = structuresOf(args, [])
    const captured = capture(fn, argumentStructures)
    const bound = bindCapture(captured)
    // Now, not when the export is ready: steps may be taken in between.
    const values = bound.variables.map(({ value }) => value)
    const backend = installedBackend()
    // Programs that do not export need not load it.
    const { exportStep } = await import('../export/export-step.ts')
    return exportStep({ argumentStructures, capture: captured, bound, program: programOf(bound), values }, backend)
  }
  // A function with F's parameters and result, which TypeScript cannot see.
  const result: unknown = Object.assign(compiled, { export: exportCall })
  return Object.defineProperty(result, 'name', { value: fn.name }) as Compiled<F>
}
