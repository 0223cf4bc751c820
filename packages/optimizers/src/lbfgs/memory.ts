import { ShapeError, showShape, type Tensor, tensor } from '@neurite/tensor'
import type { CurvaturePair } from './curvature.ts'

/** What L-BFGS remembers from step to step. */
export interface Memory {
  /** Oldest first. */
  readonly pairs: readonly CurvaturePair[]
  /** The last step, and the gradient where it began; undefined before the first. */
  readonly last?: { readonly step: Float64Array; readonly gradient: Float64Array }
}

/** As tensors float64: "steps" and "changes" [pairs, size], "lastStep" and "lastGradient" [size]. */
export function savedMemory({ pairs, last }: Memory): Record<string, Tensor> {
  const matrix = (rows: readonly Float64Array[]): Tensor =>
    tensor(Float64Array.from(rows.flatMap((row) => [...row])), { shape: [rows.length, rows[0]?.length ?? 0] })
  return {
    steps: matrix(pairs.map(({ step }) => step)),
    changes: matrix(pairs.map(({ change }) => change)),
    ...(last && { lastStep: tensor(last.step.slice()), lastGradient: tensor(last.gradient.slice()) }),
  }
}

/**
 * What `savedMemory` saved.
 * @param size Number of elements of all parameters.
 * @throws Error if something is missing, ShapeError if it is that of other parameters.
 */
export function loadMemory(saved: ReadonlyMap<string, Tensor>, size: number): Memory {
  const [steps, changes] = ['steps', 'changes'].map((name) => rowsOf(name, saved.get(name), size))
  const pairs = steps!.map((step, i) => ({ step, change: changes![i]! }))
  const [step, gradient] = ['lastStep', 'lastGradient'].map((name) => saved.get(name))
  if (step === undefined || gradient === undefined) return { pairs }
  return { pairs, last: { step: vectorOf('lastStep', step, size), gradient: vectorOf('lastGradient', gradient, size) } }
}

function rowsOf(name: string, saved: Tensor | undefined, size: number): readonly Float64Array[] {
  if (saved === undefined) throw new Error(`LBFGS: the saved state lacks ${name}.`)
  const count: number = saved.shape[0] ?? 0
  return Array.from({ length: count }, (_, row) => vectorOf(name, saved.select(0, row), size))
}

function vectorOf(name: string, saved: Tensor, size: number): Float64Array {
  if (saved.rank !== 1 || saved.size !== size)
    throw new ShapeError(`LBFGS: saved ${name} is for ${showShape(saved.shape)} elements; the parameters have ${size}.`)
  return Float64Array.from(saved.dataSync())
}
