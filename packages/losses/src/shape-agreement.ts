// Operands of a loss must have one shape: as types, where sizes are known to the compiler, and at run time.

import {
  type AnyShape,
  type AreEqual,
  type Shape,
  ShapeError,
  type ShapeMismatch,
  type Show,
  sameShape,
  showShape,
  type Tensor,
} from '@neurite/tensor'

/** `S` where it agrees with `T`, else a mismatch that names both. A size or rank that is not known agrees with any. */
export type Agreement<
  Loss extends string,
  S extends Shape,
  T extends Shape,
  First extends string = 'predictions',
  Second extends string = 'targets',
> = number extends S['length'] | T['length']
  ? AnyShape
  : Agrees<S, T> extends true
    ? S
    : ShapeMismatch<`${Loss}: ${First} ${Show<S>} and ${Second} ${Show<T>} differ in shape`>

/** Whether two shapes of known rank are, or may be, equal. */
export type Agrees<S extends Shape, T extends Shape> = S extends readonly [
  infer A extends number,
  ...infer Left extends Shape,
]
  ? T extends readonly [infer B extends number, ...infer Right extends Shape]
    ? AreEqual<A, B> extends true
      ? Agrees<Left, Right>
      : false
    : false
  : T extends readonly []
    ? true
    : false

/** @throws ShapeError unless the shapes are the same: to broadcast predictions with targets is hardly ever meant. */
export function checkAgreement(loss: string, predictions: Tensor, targets: Tensor): void {
  checkSameShape(loss, { predictions, targets })
}

/** @throws ShapeError unless both operands, given by their names, have one shape. */
export function checkSameShape(loss: string, operands: Readonly<Record<string, Tensor>>): void {
  const [[firstName, first], ...others] = Object.entries(operands) as [[string, Tensor], ...[string, Tensor][]]
  for (const [name, other] of others) {
    if (sameShape(first.shape, other.shape)) continue
    const fix = first.size === other.size ? ` Reshape the ${name}?` : ''
    throw new ShapeError(
      `${loss}: ${firstName} ${showShape(first.shape)} and ${name} ${showShape(other.shape)} differ in shape.${fix}`,
    )
  }
}
