import { type AnyShape, type DType, DTypeError, type IsUnknown, isFloating, type Shape, Tensor } from '@neurite/tensor'
import { columnsOf, rowsOf } from './derivative-matrices.ts'
import { flattenTargets, type GradientsBy, type Targets } from './targets.ts'

export interface JacobianOptions {
  /**
   * `reverse`: a vector-Jacobian product for each element of the output; `forward`: a Jacobian-vector product for each element
   * of the inputs. Default: whichever are fewer.
   */
  readonly mode?: 'forward' | 'reverse'
}

/** For each gradient in `By` a tensor of derivatives: the axes of the output, then those of what it is derived by. */
export type JacobianBy<Out extends Shape, By> =
  By extends Tensor<infer S extends Shape, infer D extends DType>
    ? Tensor<Joined<Out, S>, D>
    : By extends ReadonlyMap<infer Name, infer T>
      ? ReadonlyMap<Name, JacobianBy<Out, T>>
      : { [Name in keyof By]: JacobianBy<Out, By[Name]> }

type Joined<A extends Shape, B extends Shape> =
  IsUnknown<A> extends true ? AnyShape : IsUnknown<B> extends true ? AnyShape : [...A, ...B]

/**
 * The Jacobian of a function that gives one tensor: all derivatives of its elements by those of `of`.
 *
 *     J[i…, j…] = ∂f(x)[i…] / ∂x[j…], of shape [...f(x).shape, ...x.shape]
 *
 * `of` is what gradients are taken by: a tensor or variable, or a list, record or map of them; the result has its structure. All
 * products with unit vectors are computed at once, so that it is one graph whatever the sizes.
 * @throws DTypeError if `f` gives integers or bools.
 */
export function jacobian<const Of extends Targets, Out extends Shape>(
  f: (of: Of) => Tensor<Out, DType>,
  of: Of,
  { mode }: JacobianOptions = {},
): JacobianBy<Out, GradientsBy<Of>> {
  const { tensors, restore } = flattenTargets('jacobian', of)
  const output: Tensor = f(of)
  if (!(output instanceof Tensor)) throw new TypeError(`jacobian: the function must give one tensor, not ${output}.`)
  if (!isFloating(output.dtype))
    throw new DTypeError(`jacobian: the function gives ${output.dtype}, which has no derivatives.`)
  const inputSize = tensors.reduce((sum, { size }) => sum + size, 0)
  const isReverse = mode === undefined ? output.size <= inputSize : mode === 'reverse'
  const [matrices] = isReverse ? rowsOf([output], tensors) : columnsOf([output], tensors)
  return restore(matrices!) as unknown as JacobianBy<Out, GradientsBy<Of>>
}
