import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeSafetensors } from './decode.ts'
import { SafetensorsError } from './errors.ts'
import { fileOf } from './test/file-of.ts'

/** One tensor "t" of a dtype with the bytes of a typed array. */
function read(stored: string, elements: { readonly buffer: ArrayBufferLike; readonly length: number }) {
  const bytes = [...new Uint8Array(elements.buffer)]
  const header = `{"t":{"dtype":"${stored}","shape":[${elements.length}],"data_offsets":[0,${bytes.length}]}}`
  return decodeSafetensors(fileOf(header, bytes)).arrays.t!
}

describe('numbers of other dtypes', () => {
  it.each([
    [
      'F16',
      new Uint16Array([0x3c00, 0xc000, 0x7bff, 0x0400, 0x0001, 0x83ff, 0x7c00, 0xfc00, 0x3555, 0x8000]),
      [1, -2, 65504, 2 ** -14, 2 ** -24, -1023 * 2 ** -24, Infinity, -Infinity, 0.333251953125, -0],
    ],
    [
      'BF16',
      new Uint16Array([0x3f80, 0xc000, 0x7f80, 0x3eab, 0x8000, 0x0001]),
      [1, -2, Infinity, 0.333984375, -0, 2 ** -133],
    ],
  ])('%s are read as float32, all exactly', (stored, halves, expected) => {
    const { dtype, data } = read(stored, halves)
    expect(dtype).toBe('float32')
    expect([...data]).toEqual(expected)
  })

  it('every half that is a number has one of the nearest doubles, and the others are NaN', () => {
    // Against the definition: sign · (fraction with its leading bit) · 2^(exponent − 25).
    const all = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i)
    const { data } = read('F16', all)
    for (let bits = 0; bits < 2 ** 16; bits++) {
      const [exponent, fraction] = [(bits & 0x7c00) / 1024, bits & 0x3ff]
      const size =
        exponent === 31
          ? fraction > 0
            ? NaN
            : Infinity
          : (fraction + (exponent > 0 ? 1024 : 0)) * 2 ** (Math.max(exponent, 1) - 25)
      if (!Object.is(data[bits], bits < 2 ** 15 ? size : -size))
        expect.fail(`${bits.toString(16)}: ${data[bits]}, not ${size}`)
    }
  })

  it.each([
    ['I8', Int8Array.of(-128, 127)],
    ['I16', Int16Array.of(-32768, 32767)],
    ['U16', Uint16Array.of(0, 65535)],
    ['U32', Uint32Array.of(0, 2 ** 31 - 1)],
    ['I64', BigInt64Array.of(-(2n ** 31n), 2n ** 31n - 1n)],
    ['U64', BigUint64Array.of(0n, 2n ** 31n - 1n)],
  ] as const)('%s are read as int32', (stored, values) => {
    const { dtype, data } = read(stored, values)
    expect(dtype).toBe('int32')
    expect([...data]).toEqual([...values].map(Number))
  })

  it.each([
    ['I64', BigInt64Array.of(7n, 2n ** 31n), 'element 1 is 2147483648'],
    ['I64', BigInt64Array.of(-(2n ** 63n)), 'element 0 is -9223372036854775808'],
    ['U64', BigUint64Array.of(2n ** 64n - 1n), 'element 0 is 18446744073709551615'],
    ['U32', Uint32Array.of(0, 0, 2 ** 31), 'element 2 is 2147483648'],
  ] as const)('%s that do not fit are an error that names tensor and value', (stored, values, message) => {
    expect(() => read(stored, values)).toThrow(SafetensorsError)
    expect(() => read(stored, values)).toThrow(`Tensor "t" is ${stored}, which is read as int32, but ${message}`)
  })

  it('any 64-bit number is read exactly or refused', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const fits = value >= -(2n ** 31n) && value < 2n ** 31n
        if (fits) expect(read('I64', BigInt64Array.of(value)).data[0]).toBe(Number(value))
        else expect(() => read('I64', BigInt64Array.of(value))).toThrow('does not fit')
      }),
    )
  })
})
