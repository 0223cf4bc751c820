import { ShapeError, showShape } from '../errors.ts'
import type { Shape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'

/** An operand whose axes carry labels, each at most once. */
interface Labelled {
  readonly tensor: Tensor
  readonly labels: readonly string[]
}

/**
 * Einstein's summation: operands' axes are named by letters; products are summed over the letters that the result lacks.
 *
 *     einsum('bij,bjk->bik', x, y)   batched matrix product
 *     einsum('ii->i', x)             diagonal
 *     einsum('...c,dc->...d', x, w)  the dots stand for any further axes, which broadcast
 *
 * Without `->` the result has the letters that occur once, in alphabetical order. Operands are contracted from left to right.
 * @throws ShapeError if the equation does not fit the operands.
 */
export function einsum(equation: string, ...operands: readonly Tensor[]): Tensor {
  const { inputs, output } = parse(equation, operands)
  const sizes = sizesOf(equation, inputs, operands)
  const terms = operands.map((tensor, i) => withoutRepeats(squeezeRepeated(tensor, inputs[i]!, sizes)))
  for (const label of output)
    if (!sizes.has(label)) throw new ShapeError(`einsum: ${equation}: no operand has the result's axis ${label}.`)

  let product = terms[0]!
  for (let next = 1; next < terms.length; next++) {
    const needed = new Set([...output, ...terms.slice(next + 1).flatMap((term) => term.labels)])
    product = multiply(product, terms[next]!, needed)
  }
  const result = sumExcept(product, new Set(output))
  return result.tensor.permute(output.map((label) => result.labels.indexOf(label)))
}

function parse(equation: string, operands: readonly Tensor[]): { inputs: string[][]; output: string[] } {
  const [left = '', right] = equation.replaceAll(' ', '').split('->')
  const terms = left.split(',')
  if (terms.length !== operands.length)
    throw new ShapeError(`einsum: ${equation} names ${terms.length} operands, ${operands.length} were given.`)
  const dots = terms.map((term, i) => operands[i]!.rank - term.replace('...', '').length)
  const dotted = Math.max(0, ...terms.map((term, i) => (term.includes('...') ? dots[i]! : 0)))
  const inputs = terms.map((term, i) => labelsOf(equation, term, dots[i]!))
  if (right !== undefined) return { inputs, output: labelsOf(equation, right, dotted) }
  const letters = inputs.flat().filter((label) => isLetter(label))
  const once = letters.filter((label) => letters.indexOf(label) === letters.lastIndexOf(label)).sort()
  return { inputs, output: [...dotLabels(dotted), ...once] }
}

function labelsOf(equation: string, term: string, dots: number): string[] {
  const [before = '', after] = term.split('...')
  const labels = [...before, ...(after === undefined ? [] : [...dotLabels(Math.max(0, dots)), ...after])]
  if (labels.some((label) => label.length === 1 && !isLetter(label)) || term.split('...').length > 2)
    throw new ShapeError(`einsum: ${equation}: "${term}" is not a list of letters with at most one "...".`)
  return labels
}

// Axes under the dots are counted from the end, where they are aligned.
function dotLabels(count: number): string[] {
  return Array.from({ length: count }, (_, axis) => `dot${count - axis}`)
}

function isLetter(label: string): boolean {
  return /^[a-zA-Z]$/.test(label)
}

function sizesOf(
  equation: string,
  inputs: readonly (readonly string[])[],
  operands: readonly Tensor[],
): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  operands.forEach((operand, i) => {
    const labels = inputs[i]!
    const shape: Shape = operand.shape
    if (labels.length !== shape.length)
      throw new ShapeError(
        `einsum: ${equation}: operand ${i} has ${shape.length} axes ${showShape(shape)}, its term names ${labels.length}.`,
      )
    labels.forEach((label, axis) => {
      const known = sizes.get(label) ?? 1
      if (known !== 1 && shape[axis] !== 1 && known !== shape[axis])
        throw new ShapeError(
          `einsum: ${equation}: sizes of axis ${label} differ: ${known} and ${shape[axis]}, in operand ${i} ${showShape(shape)}.`,
        )
      sizes.set(label, known === 1 ? shape[axis]! : known)
    })
  })
  return sizes
}

/** Without the axes of size 1 whose label is longer elsewhere: broadcasting comes for free. */
function squeezeRepeated(tensor: Tensor, labels: readonly string[], sizes: ReadonlyMap<string, number>): Labelled {
  const stays = labels.map((label, axis) => tensor.shape[axis] === sizes.get(label))
  return {
    tensor: tensor.squeeze(labels.map((_, axis) => axis).filter((axis) => !stays[axis])),
    labels: labels.filter((_, axis) => stays[axis]),
  }
}

/** Diagonals where a label is repeated. */
function withoutRepeats(term: Labelled): Labelled {
  const repeated = term.labels.find((label, axis) => term.labels.indexOf(label) !== axis)
  if (repeated === undefined) return term
  const first = term.labels.indexOf(repeated)
  const second = term.labels.lastIndexOf(repeated)
  const others = term.labels.map((_, axis) => axis).filter((axis) => axis !== first && axis !== second)
  const size: number = term.tensor.shape[first]
  // Row-major, the diagonal of an n × n matrix lies at every (n + 1)th element.
  const flat = term.tensor.permute([first, second, ...others]).flatten(0, 1)
  const diagonal = flat.slice({ starts: [0], steps: [size + 1] })
  return withoutRepeats({ tensor: diagonal, labels: [repeated, ...others.map((axis) => term.labels[axis]!)] })
}

function sumExcept(term: Labelled, needed: ReadonlySet<string>): Labelled {
  const gone = term.labels.map((_, axis) => axis).filter((axis) => !needed.has(term.labels[axis]!))
  if (gone.length === 0) return term
  return { tensor: term.tensor.sum(gone), labels: term.labels.filter((label) => needed.has(label)) }
}

function multiply(a: Labelled, b: Labelled, needed: ReadonlySet<string>): Labelled {
  const left = sumExcept(a, new Set([...needed, ...b.labels]))
  const right = sumExcept(b, new Set([...needed, ...a.labels]))
  const shared = left.labels.filter((label) => right.labels.includes(label))
  const pair = (label: string): [number, number] => [left.labels.indexOf(label), right.labels.indexOf(label)]
  const batch = shared.filter((label) => needed.has(label))
  const over = shared.filter((label) => !needed.has(label))
  const isOwn = (label: string): boolean => !shared.includes(label)
  return {
    tensor: left.tensor.contract(right.tensor, { batch: batch.map(pair), over: over.map(pair) }),
    labels: [...batch, ...left.labels.filter(isOwn), ...right.labels.filter(isOwn)],
  }
}
