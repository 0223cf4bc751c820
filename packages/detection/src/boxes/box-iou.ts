import type { DType, Floating, Promote, Shape, Tensor } from '@neurite/tensor'
import { type BoxNumbers, checkBoxes, checkBoxList, numbersOf } from './box-numbers.ts'

/** Shape of a table with a row for each box of the one list and a column for each of the other. */
export type PairShape<S extends Shape, T extends Shape> = S extends readonly [infer N extends number, number]
  ? T extends readonly [infer M extends number, number]
    ? [N, M]
    : [N, number]
  : [number, number]

/** Shape without its last axis. */
export type PerBox<S extends Shape> = S extends readonly [...infer Rest extends number[], number] ? Rest : number[]

/**
 * Areas (x2 − x1) · (y2 − y1): boxes [..., 4] → [...]. Negative for a box whose edges are exchanged.
 * @throws ShapeError unless the last axis has 4 numbers.
 */
export function boxArea<S extends Shape, D extends DType>(boxes: Tensor<S, D>): Tensor<PerBox<S>, Floating<D>> {
  checkBoxes('boxArea', boxes)
  return areaOf(numbersOf(boxes)) as Tensor<never, never>
}

/**
 * Intersection over union, the Jaccard index, of every box of `a` with every box of `b`: [N, 4] and [M, 4] → [N, M].
 *
 * From 0 (apart) to 1 (equal). NaN, as in torchvision, where both boxes are empty. Differentiable: the gradient is 0 where boxes
 * are apart.
 * @throws ShapeError unless both are lists of boxes.
 */
export function boxIoU<S extends Shape, T extends Shape, D extends DType, E extends DType>(
  a: Tensor<S, D>,
  b: Tensor<T, E>,
): Tensor<PairShape<S, T>, Floating<Promote<D, E>>> {
  const { intersection, union } = overlaps('boxIoU', a, b)
  return intersection.divide(union) as Tensor<never, never>
}

/**
 * Generalized IoU: less than the IoU by the part of the smallest box around both that neither covers
 * (Rezatofighi et al. 2019, algorithm 1). From −1 to 1, with a gradient where boxes are apart: 1 minus it is a loss.
 * @throws ShapeError unless both are lists of boxes.
 */
export function generalizedBoxIoU<S extends Shape, T extends Shape, D extends DType, E extends DType>(
  a: Tensor<S, D>,
  b: Tensor<T, E>,
): Tensor<PairShape<S, T>, Floating<Promote<D, E>>> {
  const { intersection, union, hull } = overlaps('generalizedBoxIoU', a, b)
  return intersection.divide(union).subtract(hull.subtract(union).divide(hull)) as Tensor<never, never>
}

/** Areas of the intersection, the union and the smallest box around each pair: [N, M] each. */
function overlaps(operation: string, a: Tensor, b: Tensor): Record<'intersection' | 'union' | 'hull', Tensor> {
  checkBoxList(operation, a, 'the first boxes')
  checkBoxList(operation, b, 'the second boxes')
  const rows = numbersOf(a).map((edge) => edge.unsqueeze(1)) as unknown as BoxNumbers
  const columns = numbersOf(b).map((edge) => edge.unsqueeze(0)) as unknown as BoxNumbers
  const inner = pairwise(rows, columns, ['maximum', 'minimum'])
  const outer = pairwise(rows, columns, ['minimum', 'maximum'])
  const intersection = areaBetween(inner)
  return { intersection, union: areaOf(rows).add(areaOf(columns)).subtract(intersection), hull: areaBetween(outer) }
}

type Extremum = 'maximum' | 'minimum'

/** Boxes of the extremes of left and upper edges, and of right and lower ones. */
function pairwise(a: BoxNumbers, b: BoxNumbers, [start, end]: readonly [Extremum, Extremum]): BoxNumbers {
  return [a[0][start](b[0]), a[1][start](b[1]), a[2][end](b[2]), a[3][end](b[3])]
}

function areaOf([x1, y1, x2, y2]: BoxNumbers): Tensor {
  return x2.subtract(x1).multiply(y2.subtract(y1))
}

/** The area, 0 where edges are exchanged. */
function areaBetween([x1, y1, x2, y2]: BoxNumbers): Tensor {
  const width: Tensor = x2.subtract(x1)
  const height: Tensor = y2.subtract(y1)
  return width.clamp({ min: 0 }).multiply(height.clamp({ min: 0 }))
}
