import type { Tensor, TypedArray } from '@neurite/tensor'

/**
 * The value of a leaf.
 * @throws Error if it has none: it stands for an argument or a variable in a function that was being compiled.
 */
export function knownValue(leaf: Tensor): TypedArray {
  if (leaf.realized === undefined)
    throw new Error(
      'A tensor that was made inside a compiled function is used outside of it, where it has no value. ' +
        'Return it from the function, or assign it to a Variable.',
    )
  return leaf.realized
}
