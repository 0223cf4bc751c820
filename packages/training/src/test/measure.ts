import { compile } from '@neurite/compiler'
import { type Tensor, tensor } from '@neurite/tensor'
import type { Figure, Metric } from '../metrics/index.ts'
import { RunningFigures } from '../trainer/running-figures.ts'

/** The figure that a metric makes of batches, taken down by a compiled step as a trainer's. */
export async function measure<Result extends Figure>(
  metric: Metric<Tensor, Tensor, Result>,
  batches: readonly (readonly [output: Tensor, target: Tensor])[],
): Promise<Result> {
  const figures = new RunningFigures({ figure: metric })
  const step = compile((output: Tensor, target: Tensor) => figures.add(tensor(0), output.shape[0], output, target))
  for (const [output, target] of batches) figures.keep(step(output, target))
  return (await figures.read()).figure as unknown as Result
}

/** The rows of arrays in batches of the sizes that come around again and again. */
export function inBatches<Row>(rows: readonly Row[], sizes: readonly number[]): Row[][] {
  const parts: Row[][] = []
  for (let from = 0; from < rows.length; from += sizes[(parts.length - 1) % sizes.length]!)
    parts.push(rows.slice(from, from + sizes[parts.length % sizes.length]!))
  return parts
}
