import { costOf, costOfProgram, type Kernel, type KernelCost, type Program, roundsOf } from '../kernel/index.ts'

/** A row per kernel: what it runs over, its operations and the bytes it reads and writes; the sums at the end. */
export function kernelTable(program: Program): string {
  const rows = program.kernels.map((kernel, number) => {
    const rounds = roundsOf(number, program.repeats)
    const over = rounds === 1 ? extentsText(kernel) : `${rounds} times ${extentsText(kernel)}`
    return row(String(number), kernel.label, over, costOf(kernel, program.buffers))
  })
  const cells = [
    ['', 'kernel', 'over', 'operations', 'bytes read', 'written'],
    ...rows,
    row('', 'all', '', costOfProgram(program)),
  ]
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)))
  return cells
    .map((line) =>
      `  ${line.map((cell, column) => (column < 3 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ')}`.trimEnd(),
    )
    .join('\n')
}

function row(
  number: string,
  label: string,
  extents: string,
  { operations, bytesRead, bytesWritten }: KernelCost,
): string[] {
  return [number, shortened(label), extents, grouped(operations), grouped(bytesRead), grouped(bytesWritten)]
}

function extentsText(kernel: Kernel): string {
  if (kernel.kind !== 'contraction') {
    const inner = kernel.kind === 'loop' ? kernel.steps.find(({ extents }) => extents.length > 0)?.extents : undefined
    return `[${kernel.extents.join(', ')}]${inner === undefined ? '' : ` × [${inner.join(', ')}]`}`
  }
  const groups = [kernel.batch, kernel.rows, kernel.columns, kernel.depth].map((axes) => axes.join('·') || '1')
  return `${groups[0]} of ${groups[1]} × ${groups[2]}, depth ${groups[3]}`
}

const longestLabel = 48

function shortened(label: string): string {
  return label.length <= longestLabel ? label : `${label.slice(0, longestLabel - 1)}…`
}

function grouped(count: number): string {
  return count.toLocaleString('en-US')
}
