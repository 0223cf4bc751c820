import { type Tensor, tensor } from '@neurite/tensor'
import { isList, type RecordedInput, type RecordedTensor } from './recorded.ts'

/** The dtype in which the floats of the cases are computed. */
export type FloatDType = 'float32' | 'float64'

/** Reads recorded tensors, floats in one dtype. */
export class TensorReader {
  readonly #floats: FloatDType

  constructor(floats: FloatDType) {
    this.#floats = floats
  }

  tensor({ shape, dtype, data }: RecordedTensor): Tensor {
    if (dtype === 'bool') return tensor(Uint8Array.from(data, Number), { shape }).cast('bool')
    if (dtype === 'int32') return tensor(Int32Array.from(data, Number), { shape })
    const values = this.#floats === 'float32' ? Float32Array.from(data, Number) : Float64Array.from(data, Number)
    return tensor(values, { shape })
  }

  /** A tensor, a list of them, or a number as it is. */
  input(input: RecordedInput): Tensor | readonly Tensor[] | number {
    if (typeof input === 'number') return input
    return isList(input) ? input.map((each) => this.tensor(each)) : this.tensor(input)
  }
}
