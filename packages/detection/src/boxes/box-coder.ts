// Boxes as displacements of others: what box regressors predict (Girshick et al. 2014, "Rich feature hierarchies", appendix C).

import type { DType, Floating, Shape, Tensor } from '@neurite/tensor'
import { type BoxNumbers, checkBoxes, joinNumbers, numbersOf } from './box-numbers.ts'

/** Factors of (dx, dy, dw, dh): the reciprocals of the standard deviations that they are normalized by. */
export type BoxWeights = readonly [x: number, y: number, width: number, height: number]

export interface BoxCoderOptions {
  /** Default [1, 1, 1, 1]; Fast and Faster R-CNN's heads use [10, 10, 5, 5]. */
  readonly weights?: BoxWeights
}

/** A predicted box is at most this many times as wide and as high as its proposal, so that an untrained net does not overflow. */
const largestGrowth = 1000 / 16

/**
 * The displacements (dx, dy, dw, dh) that lead from proposals to boxes: [..., 4] each, which broadcast.
 *
 *     dx = wx · (gx − px) / pw      dy = wy · (gy − py) / ph
 *     dw = ww · ln(gw / pw)         dh = wh · ln(gh / ph)
 *
 * (x, y) is the centre of the box g or of the proposal p, (w, h) its size. Empty proposals and boxes give what is not finite.
 * @throws ShapeError unless the last axes have 4 numbers.
 */
export function encodeBoxes<S extends Shape, D extends DType>(
  boxes: Tensor<S, D>,
  proposals: Tensor,
  { weights = [1, 1, 1, 1] }: BoxCoderOptions = {},
): Tensor<S, Floating<D>> {
  checkBoxes('encodeBoxes', boxes)
  checkBoxes('encodeBoxes', proposals, 'proposals')
  const [gx, gy, gw, gh] = placeOf(numbersOf(boxes))
  const [px, py, pw, ph] = placeOf(numbersOf(proposals))
  return joinNumbers([
    gx.subtract(px).divide(pw).multiply(weights[0]),
    gy.subtract(py).divide(ph).multiply(weights[1]),
    gw.divide(pw).log().multiply(weights[2]),
    gh.divide(ph).log().multiply(weights[3]),
  ]) as Tensor<S, Floating<D>>
}

/**
 * The boxes to which displacements lead from proposals, the inverse of `encodeBoxes`: [..., 4] each, which broadcast.
 *
 * Growth is limited: dw / ww and dh / wh count as at most ln(1000 / 16).
 * @throws ShapeError unless the last axes have 4 numbers.
 */
export function decodeBoxes<S extends Shape, D extends DType>(
  displacements: Tensor<S, D>,
  proposals: Tensor,
  { weights = [1, 1, 1, 1] }: BoxCoderOptions = {},
): Tensor<S, Floating<D>> {
  checkBoxes('decodeBoxes', displacements, 'displacements')
  checkBoxes('decodeBoxes', proposals, 'proposals')
  const [dx, dy, dw, dh] = numbersOf(displacements)
  const [px, py, pw, ph] = placeOf(numbersOf(proposals))
  const [x, y] = [dx.divide(weights[0]).multiply(pw).add(px), dy.divide(weights[1]).multiply(ph).add(py)]
  const [w, h] = [grown(dw.divide(weights[2]), pw), grown(dh.divide(weights[3]), ph)]
  return joinNumbers([x.subtract(w), y.subtract(h), x.add(w), y.add(h)]) as Tensor<S, Floating<D>>
}

/** Centre and size. */
function placeOf([x1, y1, x2, y2]: BoxNumbers): BoxNumbers {
  const [width, height] = [x2.subtract(x1), y2.subtract(y1)]
  return [x1.add(width.multiply(0.5)), y1.add(height.multiply(0.5)), width, height]
}

/** Half of the new size. */
function grown(displacement: Tensor, size: Tensor): Tensor {
  const limited: Tensor = displacement.clamp({ max: Math.log(largestGrowth) })
  return limited.exp().multiply(size).multiply(0.5)
}
