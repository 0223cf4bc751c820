// Running totals of reductions: of one value after the other, or of four lanes at once.

import type { Combine, DType } from '@neurite/compiler/kernel'
import { maskToOne } from '../expression/casts.ts'
import { pushConstant, pushSplatConstant } from '../expression/constants.ts'
import { valueTypeOf } from '../expression/value-types.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import type { PlainOpcode } from '../wasm/opcodes.ts'
import * as opcode from '../wasm/opcodes.ts'
import type { ValueType } from '../wasm/value-type.ts'
import type { RunningTotal } from './running-total.ts'

const smallest: { readonly [D in DType]: number } = {
  float32: -Infinity,
  float64: -Infinity,
  int32: -(2 ** 31),
  uint8: 0,
  bool: 0,
}
const largest: { readonly [D in DType]: number } = {
  float32: Infinity,
  float64: Infinity,
  int32: 2 ** 31 - 1,
  uint8: 255,
  bool: 1,
}

/** What changes nothing when it is joined. */
export function neutralElement(combine: Combine, dtype: DType): number {
  if (combine === 'add') return 0
  if (combine === 'multiply') return 1
  return combine === 'minimum' ? largest[dtype] : smallest[dtype]
}

export interface Reduction {
  readonly combine: Combine
  readonly dtype: DType
}

/** A running total in a local; for `argMax` with the place where it was found in a second one. */
export class Accumulator implements RunningTotal {
  readonly total: Local
  readonly #place: Local | undefined
  readonly #code: FunctionWriter
  readonly #reduction: Reduction
  readonly #isVector: boolean
  readonly #type: ValueType

  constructor(code: FunctionWriter, reduction: Reduction, isVector: boolean) {
    this.#code = code
    this.#reduction = reduction
    this.#isVector = isVector
    this.#type = isVector ? 'v128' : totalType(reduction)
    this.total = code.local(this.#type)
    if (reduction.combine === 'argMax') this.#place = code.local(isVector ? 'v128' : 'i32')
  }

  start(): void {
    const { combine, dtype } = this.#reduction
    const neutral = neutralElement(combine, dtype)
    if (this.#isVector) pushSplatConstant(this.#code, neutral, dtype)
    else if (this.#type === 'f64') this.#code.f64(neutral)
    else pushConstant(this.#code, neutral, dtype)
    if (this.#isVector && combine === 'argMax' && dtype === 'bool') maskToOne(this.#code)
    this.#code.set(this.total)
    if (this.#place === undefined) return
    if (this.#isVector) this.#code.i32x4(0)
    else this.#code.i32(0)
    this.#code.set(this.#place)
  }

  startAs(other: Accumulator): void {
    this.#code.get(other.total)
    this.#code.set(this.total)
    if (this.#place === undefined) return
    this.#code.get(other.#place!)
    this.#code.set(this.#place)
  }

  join(pushPlace: () => void): void {
    const { combine, dtype } = this.#reduction
    if (combine === 'argMax') {
      // As numbers true is more than false, as a mask it is less.
      if (this.#isVector && dtype === 'bool') maskToOne(this.#code)
      this.#joinPlace(pushPlace)
      return
    }
    if (this.#type === 'f64' && dtype === 'float32') this.#code.emit(opcode.f64_promote_f32)
    this.#joinValue()
  }

  joinOther(other: Accumulator): void {
    this.#code.get(other.total)
    if (this.#place === undefined) this.#joinValue()
    else this.#joinFound(() => this.#code.get(other.#place!))
  }

  joinLanes(): void {
    const code = this.#code
    for (const [a, b, c, d] of [
      [2, 3, 0, 1],
      [1, 0, 3, 2],
    ] as const) {
      const pushShuffled = (local: Local): void => {
        code.get(local)
        code.get(local)
        code.shuffle32(a, b, c, d)
      }
      pushShuffled(this.total)
      if (this.#place === undefined) this.#joinValue()
      else this.#joinFound(() => pushShuffled(this.#place!))
    }
  }

  pushResult({ lanes = false }: { lanes?: boolean } = {}): void {
    const { combine, dtype } = this.#reduction
    const code = this.#code
    code.get(this.#place ?? this.total)
    if (this.#isVector && !lanes) {
      code.lane(combine !== 'argMax' && dtype === 'float32' ? opcode.f32x4_extract_lane : opcode.i32x4_extract_lane, 0)
      if (combine !== 'argMax' && dtype === 'bool') bitAnd(code, 1)
    }
    if (combine === 'argMax') return
    if (this.#type === 'f64' && dtype === 'float32') code.emit(opcode.f32_demote_f64)
    if (dtype !== 'uint8') return
    if (lanes) {
      code.i32x4(255)
      code.emit(opcode.v128_and)
    } else bitAnd(code, 255)
  }

  release(): void {
    this.#code.release(this.total)
    if (this.#place !== undefined) this.#code.release(this.#place)
  }

  /** Pops a value and joins it with the total. */
  #joinValue(): void {
    const { combine, dtype } = this.#reduction
    const code = this.#code
    const name = instruction(combine as Exclude<Combine, 'argMax'>, dtype, this.#type)
    code.get(this.total)
    if (name !== undefined) code.emit(name)
    else {
      // i32 has no maximum.
      const [a, b] = [code.keep('i32'), code.keep('i32')]
      for (const local of [a, b, a, b]) code.get(local)
      code.emit(combine === 'maximum' ? opcode.i32_gt_s : opcode.i32_lt_s, opcode.select)
      code.release(a)
      code.release(b)
    }
    code.set(this.total)
  }

  /** Pops a value; if it is larger than the best (or the first NaN), it and its place are the best. */
  #joinPlace(pushPlace: () => void): void {
    const code = this.#code
    const value = code.keep(this.#type)
    const isBetter = this.#keepIsBetter(value)
    this.#replace(value, pushPlace, isBetter)
    code.release(value)
    code.release(isBetter)
  }

  /** The same, but of equal values the one at the smaller place is better. */
  #joinFound(pushPlace: () => void): void {
    const code = this.#code
    const value = code.keep(this.#type)
    pushPlace()
    const place = code.keep(this.#isVector ? 'v128' : 'i32')
    const isBetter = this.#keepIsBetter(value)
    // Equal: neither is better than the other.
    const isWorse = this.#keepIsBetter(this.total, value)
    code.get(isBetter)
    code.get(isBetter)
    code.get(isWorse)
    code.emit(this.#isVector ? opcode.v128_or : opcode.i32_or)
    if (this.#isVector) code.emit(opcode.v128_not)
    else code.emit(opcode.i32_eqz)
    code.get(place)
    code.get(this.#place!)
    code.emit(this.#isVector ? opcode.i32x4_lt_s : opcode.i32_lt_s)
    code.emit(this.#isVector ? opcode.v128_and : opcode.i32_and, this.#isVector ? opcode.v128_or : opcode.i32_or)
    code.set(isBetter)
    this.#replace(value, () => code.get(place), isBetter)
    for (const local of [value, place, isBetter, isWorse]) code.release(local)
  }

  /** Whether a value is larger than the best, or NaN when that is not. */
  #keepIsBetter(value: Local, best: Local = this.total): Local {
    const code = this.#code
    const shape = shapeOf(this.#type, this.#reduction.dtype)
    code.get(value)
    code.get(best)
    if (shape === 'i32' || shape === 'i32x4') code.emit(shape === 'i32' ? opcode.i32_gt_s : opcode.i32x4_gt_s)
    else {
      const [isAtMost, isEqual] = floatComparisons[shape]
      code.emit(isAtMost)
      code.emit(this.#isVector ? opcode.v128_not : opcode.i32_eqz)
      code.get(best)
      code.get(best)
      code.emit(isEqual, this.#isVector ? opcode.v128_and : opcode.i32_and)
    }
    return code.keep(this.#isVector ? 'v128' : 'i32')
  }

  #replace(value: Local, pushPlace: () => void, condition: Local): void {
    const code = this.#code
    const choose: PlainOpcode = this.#isVector ? opcode.v128_bitselect : opcode.select
    code.get(value)
    code.get(this.total)
    code.get(condition)
    code.emit(choose)
    code.set(this.total)
    pushPlace()
    code.get(this.#place!)
    code.get(condition)
    code.emit(choose)
    code.set(this.#place!)
  }
}

/** One float32 after the other is summed in float64; four lanes are four partial sums. */
function totalType({ combine, dtype }: Reduction): ValueType {
  return dtype === 'float32' && (combine === 'add' || combine === 'multiply') ? 'f64' : valueTypeOf[dtype]
}

function instruction(combine: Exclude<Combine, 'argMax'>, dtype: DType, type: ValueType): PlainOpcode | undefined {
  if (dtype === 'bool') {
    if (combine === 'maximum') return type === 'v128' ? opcode.v128_or : opcode.i32_or
    return type === 'v128' ? opcode.v128_and : opcode.i32_and
  }
  return instructions[combine][shapeOf(type, dtype)]
}

type ShapeOfTotal = Exclude<ValueType, 'v128'> | 'f32x4' | 'i32x4'

function shapeOf(type: ValueType, dtype: DType): ShapeOfTotal {
  return type !== 'v128' ? type : dtype === 'float32' ? 'f32x4' : 'i32x4'
}

const instructions: {
  readonly [C in Exclude<Combine, 'argMax'>]: { readonly [S in ShapeOfTotal]?: PlainOpcode }
} = {
  add: {
    i32: opcode.i32_add,
    f32: opcode.f32_add,
    f64: opcode.f64_add,
    f32x4: opcode.f32x4_add,
    i32x4: opcode.i32x4_add,
  },
  multiply: {
    i32: opcode.i32_mul,
    f32: opcode.f32_mul,
    f64: opcode.f64_mul,
    f32x4: opcode.f32x4_mul,
    i32x4: opcode.i32x4_mul,
  },
  maximum: { f32: opcode.f32_max, f64: opcode.f64_max, f32x4: opcode.f32x4_max, i32x4: opcode.i32x4_max_s },
  minimum: { f32: opcode.f32_min, f64: opcode.f64_min, f32x4: opcode.f32x4_min, i32x4: opcode.i32x4_min_s },
}

const floatComparisons = {
  f32: [opcode.f32_le, opcode.f32_eq],
  f64: [opcode.f64_le, opcode.f64_eq],
  f32x4: [opcode.f32x4_le, opcode.f32x4_eq],
} as const

function bitAnd(code: FunctionWriter, mask: number): void {
  code.i32(mask)
  code.emit(opcode.i32_and)
}
