import { concatenate, type DType, ShapeError, showShape, type Tensor, tensor } from '@neurite/tensor'

/**
 * All products of up to `degree` features: for features a and b and degree 2, [a, b, a², ab, b²] (scikit-learn's PolynomialFeatures without its constant, which layers have as bias).
 * x [n, features] → [n, products]. Builds graph.
 * @throws ShapeError if x has another rank; RangeError if `degree` is no positive integer.
 */
export function polynomialFeatures<D extends DType>(
  x: Tensor<[number, number], D>,
  degree: number,
): Tensor<[number, number], D> {
  if (x.rank !== 2)
    throw new ShapeError(`polynomialFeatures: expected examples [n, features]; got ${showShape(x.shape)}.`)
  if (!Number.isSafeInteger(degree) || degree < 1)
    throw new RangeError(`polynomialFeatures: degree must be a positive integer; got ${degree}.`)
  const column = (features: readonly number[]): Tensor => (x as Tensor).take(tensor(Int32Array.from(features)), 1)
  const parts: Tensor[] = [x]
  let monomials = Array.from({ length: x.shape[1] }, (_, feature) => [feature])
  for (let power = 2; power <= degree; power++) {
    monomials = monomials.flatMap((factors) =>
      Array.from({ length: x.shape[1] - factors.at(-1)! }, (_, more) => [...factors, factors.at(-1)! + more]),
    )
    const factor = (place: number): Tensor => column(monomials.map((factors) => factors[place]!))
    parts.push(
      Array.from({ length: power }, (_, place) => factor(place)).reduce((product, next) => product.multiply(next)),
    )
  }
  return concatenate(parts, 1) as Tensor<[number, number], D>
}
