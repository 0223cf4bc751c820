import { bind, type Shape, type Tensor, zerosLike } from '@neurite/tensor'
import type { VjpRule } from '../rule.ts'
import { spread } from './movement.ts'

/**
 * y[p] = Σ_k x̂[p·s + k·d] · w[k], where x̂[i·e + low] = x[i] (strides s, kernel dilation d, input dilation e).
 *
 * Both gradients are convolutions again:
 * - by x: x̄[i] = Σ_k ĉ[i·e + k·d] · w[K − 1 − k], ĉ being c with input dilation s and (K − 1)·d − low zeros in front;
 * - by w: w̄[k] = Σ_p x̂[k·d + p·s] · c[p], summed over the batch, which takes the place of the channels.
 *
 * What stands behind is padded or cropped so that the sizes come out.
 */
export const convolutionRule: VjpRule<'convolution'> = (c, { inputs, attributes }) => {
  const [x, w] = inputs as readonly [Tensor, Tensor]
  const { strides, low, inputDilation, kernelDilation } = attributes
  const [lengths, kernel, positions]: Shape[] = [x.shape.slice(3), w.shape.slice(3), c.shape.slice(3)]
  const axes = lengths!.map((_, i) => i + 3)

  // What the windows of both gradients span beyond their last element: all kernel elements at all positions.
  const reach = kernel!.map((size, i) => spread(size, kernelDilation[i]!) - 1)
  const byInputLow = reach.map((last, i) => last - low[i]!)
  const byInputHigh = lengths!.map(
    (length, i) => spread(length, inputDilation[i]!) + reach[i]! - byInputLow[i]! - spread(positions![i]!, strides[i]!),
  )
  const byInput = (): Tensor =>
    bind('convolution', [c, w.permute([0, 2, 1, ...axes]).flip(axes)], {
      strides: inputDilation,
      low: byInputLow,
      high: byInputHigh,
      inputDilation: strides,
      kernelDilation,
    })

  const byKernelHigh = lengths!.map(
    (length, i) => reach[i]! + spread(positions![i]!, strides[i]!) - low[i]! - spread(length, inputDilation[i]!),
  )
  const byKernel = bind('convolution', [x.permute([2, 1, 0, ...axes]), c.permute([1, 2, 0, ...axes])], {
    strides: kernelDilation,
    low,
    high: byKernelHigh,
    inputDilation,
    kernelDilation: strides,
  })
  // An input without elements has no position at which a kernel could stand.
  return [x.size === 0 ? zerosLike(x) : byInput(), byKernel.permute([1, 2, 0, ...axes])]
}
