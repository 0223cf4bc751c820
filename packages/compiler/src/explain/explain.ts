// How a call of a compiled function is computed, as text for people.

import { capture, checkFunction, structuresOf } from '../compile/capture.ts'
import { bindCapture } from '../compile/compiled-call.ts'
import { bytesPerElement, describeKernels, type Program } from '../kernel/index.ts'
import { buildProgram } from '../program/build-program.ts'
import { rewrite } from '../rewrite/rewrite.ts'
import { installedBackend } from '../runtime/installed-backend.ts'
import { kernelTable } from './kernel-table.ts'
import { printGraph } from './print-graph.ts'

/**
 * How a call with these arguments is computed by a compiled function, or by one that is not yet: every stage from the captured graph to the
 * kernels, with shapes, operations and bytes, and the memory.
 *
 *     console.log(explain(step, images, labels))
 *
 * @throws what `compile` would throw at this call
 */
export function explain<Arguments extends readonly unknown[]>(
  step: (...args: Arguments) => unknown,
  ...args: Arguments
): string {
  checkFunction('explain', step)
  const backend = installedBackend()
  const { graph, bindings, taken, variables } = bindCapture(capture(step, structuresOf(args, [])))
  const rewritten = rewrite(graph)
  const program = buildProgram(rewritten, bindings)
  return [
    `${step.name || 'function'} on '${backend.name}': tensors in ${taken.length}, out ${bindings.outputCount}; variables ${variables.length}, updated ${bindings.assigned.length}`,
    `captured graph: ${graph.nodes.length} nodes`,
    `rewritten graph: ${rewritten.nodes.length} nodes`,
    printGraph(rewritten),
    `program: ${program.kernels.length} kernels`,
    kernelTable(program),
    memoryLine(program, backend.scratchBytes?.(program) ?? 0),
    'kernels:',
    ...describeKernels(backend, program).map((text, number) => indent(`${number}: ${text}`)),
  ].join('\n')
}

function memoryLine({ buffers, arenaBytes }: Program, scratch: number): string {
  const bytesOf = (role: string): number =>
    buffers.reduce((sum, { role: own, dtype, size }) => sum + (own === role ? size * bytesPerElement[dtype] : 0), 0)
  const inArena = bytesOf('input') + bytesOf('output') + bytesOf('temporary')
  const [variables, constants] = [bytesOf('state'), bytesOf('constant')]
  const peak = arenaBytes + scratch + variables + constants
  return `memory: peak ${peak} bytes: arena ${arenaBytes} (for ${inArena} bytes of values), scratch ${scratch}, variables ${variables}, constants ${constants}`
}

function indent(text: string): string {
  return text.replaceAll(/^/gm, '  ')
}
