import { iota } from '../create.ts'
import type { Tensor } from '../tensor.ts'
import { keyFor } from './default-key.ts'
import type { RandomKey } from './key.ts'
import { randomBits } from './key.ts'

/**
 * The numbers 0 to n − 1 (int32) in random order.
 *
 * By the swap-or-not shuffle (Hoang, Morris & Rogaway 2012): in each round k is drawn, x and k − x (modulo n) are partners, and
 * each pair of partners changes places if its bit says so. That needs no sorting and works alike on all numbers at once.
 */
export function permutation<const N extends number>(
  n: N,
  options: { readonly key?: RandomKey } = {},
): Tensor<[N], 'int32'> {
  const count: number = n
  let x: Tensor = iota([count], 0)
  const rounds = count < 2 ? 0 : 8 + 6 * Math.ceil(Math.log2(count))
  // In each row the bits of n pairs (the larger partner's place counts), then the word that k is drawn from.
  const words: Tensor = randomBits(keyFor(options.key), [rounds, count + 1])
  for (let round = 0; round < rounds; round++) {
    const row = words.select(0, round)
    const k = row.narrow(0, count, 1).shiftRight(1).remainder(count)
    const partner = k.subtract(x).remainder(count)
    const swaps = row.take(x.maximum(partner), 0).and(1)
    x = swaps.choose(partner, x)
  }
  return x
}
