// Programs and kernels as text for people.

import type { Backend } from './backend.ts'
import { bytesPerElement } from './dtype.ts'
import type { Buffer, Combine, Kernel, Program } from './kernel.ts'
import {
  bufferName,
  type ExpressionPrinter,
  printAxes,
  printIndex,
  printNode,
  printScalar,
  sharedComputations,
} from './print-expressions.ts'
import type { Scalar } from './scalar.ts'
import { type KernelPart, partsOf, rootsOf } from './traverse.ts'

const combineName: { readonly [C in Combine]: string } = {
  add: 'sum',
  multiply: 'product',
  maximum: 'maximum',
  minimum: 'minimum',
  argMax: 'argMax',
}

/** The whole program: its buffers with dtype, size, role and place in the arena, its faults, and every kernel. */
export function printProgram(program: Program): string {
  const { buffers, faults, kernels, repeats = [], arenaBytes } = program
  return [
    `program of ${kernels.length} kernels, arena ${arenaBytes} bytes`,
    ...buffers.map(
      (buffer, number) => `  ${printBuffer(buffer, bufferName(number, buffers))}${printView(buffer, buffers)}`,
    ),
    ...faults.map(({ message }, number) => `  fault${number}: ${message}`),
    ...kernels.map((kernel, number) => `${number}: ${printKernel(kernel, buffers)}`),
    ...repeats.map(({ first, last, count }) => `repeat kernels ${first} to ${last}, ${count} times`),
  ].join('\n')
}

function printBuffer({ dtype, size, offset }: Buffer, name: string): string {
  const type = `${name}: ${dtype}[${size}]`
  return offset === undefined ? type : `${type} at ${offset} … ${offset + size * bytesPerElement[dtype]}`
}

function printView({ view }: Buffer, buffers: readonly Buffer[]): string {
  if (view === undefined) return ''
  return ` = ${bufferName(view.of, buffers)} from (${view.start} + ${view.step} * round) mod ${view.period}`
}

/** A text per kernel of a program: what it computes as a backend runs it, and how. */
export function describeKernels(backend: Backend, program: Program): string[] {
  return backend.describe(program).map(({ kernel, note }) => {
    const text = printKernel(kernel, program.buffers)
    return note === undefined ? text : `${text}\n  (${note})`
  })
}

/**
 * One kernel: a line that names it and its axes, then a line per reduction and store. What is used several times has a
 * `let` line of its own. `buffers` are those of the kernel's program.
 */
export function printKernel(kernel: Kernel, buffers: readonly Buffer[]): string {
  const lines = [printHeader(kernel)]
  let printer: ExpressionPrinter = { buffers, names: new Map() }
  let axes: readonly number[] = []
  const parts = partsOf(kernel)
  parts.forEach((part, number) => {
    // Names hold as long as the axes mean the same.
    if (number === 0 || part.axes.join() !== axes.join()) {
      axes = part.axes
      const together = parts.slice(number).filter((other) => other.axes.join() === axes.join())
      const shared = sharedComputations(together.flatMap(rootsOf))
      printer = { buffers, names: nameAll(shared) }
      for (const scalar of shared) lines.push(`  let ${printer.names.get(scalar)} = ${printNode(scalar, printer)}`)
    }
    lines.push(...printPart(kernel, part, printer))
  })
  return lines.join('\n')
}

function nameAll(shared: readonly Scalar[]): Map<Scalar, string> {
  return new Map(shared.map((scalar, number) => [scalar, `v${number}`]))
}

function printHeader(kernel: Kernel): string {
  const name = `${kernel.kind} "${kernel.label}"`
  if (kernel.kind !== 'contraction') return `${name} ${printAxes(kernel.extents, axesFrom(0, kernel.extents))}`
  const { batch, rows, columns, depth } = kernel
  const extents = [...batch, ...rows, ...columns, ...depth]
  let first = 0
  const groups = Object.entries({ batch, rows, columns, depth }).map(([group, own]) => {
    const axes = axesFrom(first, own)
    first += own.length
    return `${group} ${printAxes(extents, axes)}`
  })
  return `${name} ${groups.join(' ')}`
}

function axesFrom(first: number, extents: readonly number[]): number[] {
  return extents.map((_, i) => first + i)
}

function printPart(kernel: Kernel, part: KernelPart, printer: ExpressionPrinter): string[] {
  const value = printScalar(part.value, printer)
  if (part.kind === 'operand') return [`  ${part.place} = ${value}`]
  if (part.target === undefined) {
    const step = kernel.kind === 'loop' ? kernel.steps[part.step] : undefined
    const combine = step?.kind === 'reduce' ? combineName[step.combine] : ''
    return [`  result${part.step} = ${combine} over ${printInner(kernel, part)} of ${value}`]
  }
  const { buffer, index } = part.target
  const place = `${bufferName(buffer, printer.buffers)}[${printIndex(index, printer)}]`
  const inner = kernel.kind === 'loop' && part.extents.length > kernel.extents.length
  const loops = inner ? `for ${printInner(kernel, part)}: ` : ''
  return [`  ${loops}${place} ${part.kind === 'scatter' ? '+=' : '='} ${value}`]
}

/** The axes that a step adds to those of its loop kernel. */
function printInner(kernel: Kernel, { extents, axes }: KernelPart): string {
  const outer = kernel.kind === 'loop' ? kernel.extents.length : 0
  return printAxes(
    extents,
    axes.filter((axis) => axis >= outer),
  )
}
