// Affine functions of the plane with exact coefficients: a float64 is an integer times a power of two, and so are all sums and products of them.

/** (a x + b y + c) · 2^exponent */
export interface Affine {
  readonly a: bigint
  readonly b: bigint
  readonly c: bigint
  readonly exponent: number
}

/** The function with these float64 coefficients, exactly. */
export function affine(a: number, b: number, c: number): Affine {
  return sumOf([termOf(a, 'a'), termOf(b, 'b'), termOf(c, 'c')])
}

/** The function times a float64, exactly. */
export function scaled({ a, b, c, exponent }: Affine, factor: number): Affine {
  const { mantissa, exponent: shift } = decompose(factor)
  return { a: a * mantissa, b: b * mantissa, c: c * mantissa, exponent: exponent + shift }
}

/** The sum of functions, exactly. */
export function sumOf(terms: readonly Affine[]): Affine {
  const exponent = Math.min(0, ...terms.map((term) => term.exponent))
  let [a, b, c] = [0n, 0n, 0n]
  for (const term of terms) {
    const shift = BigInt(term.exponent - exponent)
    a += term.a << shift
    b += term.b << shift
    c += term.c << shift
  }
  return { a, b, c, exponent }
}

function termOf(value: number, coefficient: 'a' | 'b' | 'c'): Affine {
  const { mantissa, exponent } = decompose(value)
  return { a: 0n, b: 0n, c: 0n, exponent, [coefficient]: mantissa }
}

const bits = new DataView(new ArrayBuffer(8))

/** value = mantissa · 2^exponent, the mantissa odd or 0. */
function decompose(value: number): { readonly mantissa: bigint; readonly exponent: number } {
  if (value === 0) return { mantissa: 0n, exponent: 0 }
  bits.setFloat64(0, value)
  const high = bits.getUint32(0)
  const biased = (high >>> 20) & 0x7ff
  let mantissa = (BigInt(high & 0xfffff) << 32n) | BigInt(bits.getUint32(4))
  if (biased > 0) mantissa |= 1n << 52n
  let exponent = Math.max(biased, 1) - 1075
  while ((mantissa & 0xffffn) === 0n) {
    mantissa >>= 16n
    exponent += 16
  }
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n
    exponent++
  }
  return { mantissa: value < 0 ? -mantissa : mantissa, exponent }
}
