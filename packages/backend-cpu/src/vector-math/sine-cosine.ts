// Sine and cosine are computed in float64, two lanes at a time: the digits that the reduction by multiples of π/2 costs are then
// there to be lost.

import type { ProgramModule } from '../program/program-module.ts'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import * as opcode from '../wasm/opcodes.ts'
import { pushPolynomial, withConstant, withLocal } from './polynomial.ts'

// sin x ≈ x + x³ · P(x²) and cos x ≈ 1 + x² · P(x²) for |x| ≤ π/4 (FreeBSD msun, k_sinf.c and k_cosf.c).
const sineCoefficients = [
  2.718311493989822e-6, -1.9839334836096632e-4, 8.333329385889463e-3, -1.6666666641626524e-1,
] as const
const cosineCoefficients = [
  2.439044879627741e-5, -1.388676377460993e-3, 4.166662332373906e-2, -0.499999997251031,
] as const

// π/2 in two parts, the first of 25 bits: its products with quotients below 2²⁸ are exact (e_rem_pio2f.c).
const halfPiHigh = 1.5707963109016418
const halfPiLow = 1.5893254773528196e-8

// Beyond, the quotient has more than 28 bits, and each lane is asked of JavaScript.
const bound = 2 ** 28

const rounder = 1.5 * 2 ** 52

/** Pushes sin x or cos x. */
export function pushSineOrCosine(code: FunctionWriter, x: Local, name: 'sin' | 'cos', program: ProgramModule): void {
  code.get(x)
  code.emit(opcode.f32x4_abs)
  withConstant(code, 'f32x4', 'gt', bound)
  code.emit(opcode.v128_any_true)
  code.if(
    () => pushOfEachLane(code, x, name, program),
    () => {
      pushOfLowLanes(code, x, name)
      const high = code.local('v128')
      code.get(x)
      code.get(x)
      code.shuffle32(2, 3, 0, 1)
      code.set(high)
      pushOfLowLanes(code, high, name)
      code.shuffle32(0, 1, 4, 5)
      code.release(high)
    },
    'v128',
  )
}

function pushOfEachLane(code: FunctionWriter, x: Local, name: 'sin' | 'cos', program: ProgramModule): void {
  code.get(x)
  for (let lane = 0; lane < 4; lane++) {
    code.get(x)
    code.lane(opcode.f32x4_extract_lane, lane)
    code.emit(opcode.f64_promote_f32)
    code.call(program.reference(name))
    code.emit(opcode.f32_demote_f64)
    code.lane(opcode.f32x4_replace_lane, lane)
  }
}

/** Pushes the function of the two low lanes, which become the two low lanes. */
function pushOfLowLanes(code: FunctionWriter, x: Local, name: 'sin' | 'cos'): void {
  const [rest, quotient, square] = [code.local('v128'), code.local('v128'), code.local('v128')]
  code.get(x)
  code.emit(opcode.f64x2_promote_low_f32x4)
  code.tee(rest)
  withConstant(code, 'f64x2', 'mul', 2 / Math.PI)
  withConstant(code, 'f64x2', 'add', rounder)
  code.set(quotient)
  code.get(rest)
  for (const part of [halfPiHigh, halfPiLow]) {
    code.get(quotient)
    withConstant(code, 'f64x2', 'sub', rounder)
    withConstant(code, 'f64x2', 'mul', part)
    code.emit(opcode.f64x2_sub)
  }
  code.tee(rest)
  withLocal(code, 'f64x2', 'mul', rest)
  code.set(square)

  // cos x = sin(x + π/2): one quarter turn further.
  if (name === 'cos') {
    code.get(quotient)
    withConstant(code, 'f64x2', 'add', 1)
    code.set(quotient)
  }
  pushCosine(code, square)
  pushSine(code, rest, square)
  // The lowest bit of the quotient says which of the two, the next one the sign.
  pushSpreadBit(code, quotient, 0)
  code.emit(opcode.v128_bitselect)
  pushSpreadBit(code, quotient, 1)
  code.f64x2(-0)
  code.emit(opcode.v128_and, opcode.v128_xor, opcode.f32x4_demote_f64x2_zero)
  for (const local of [rest, quotient, square]) code.release(local)
}

/** Pushes masks that are set where a bit of the integer in a float64 (below its rounder) is. */
function pushSpreadBit(code: FunctionWriter, quotient: Local, bit: number): void {
  code.get(quotient)
  code.get(quotient)
  code.shuffle32(0, 0, 2, 2)
  code.i32(31 - bit)
  code.emit(opcode.i32x4_shl)
  code.i32(31)
  code.emit(opcode.i32x4_shr_s)
}

function pushSine(code: FunctionWriter, x: Local, square: Local): void {
  // A product, so that sin −0 is −0; in float64 its rounding does not matter.
  pushPolynomial(code, 'f64x2', square, sineCoefficients)
  withLocal(code, 'f64x2', 'mul', square)
  withConstant(code, 'f64x2', 'add', 1)
  withLocal(code, 'f64x2', 'mul', x)
}

function pushCosine(code: FunctionWriter, square: Local): void {
  pushPolynomial(code, 'f64x2', square, cosineCoefficients)
  withLocal(code, 'f64x2', 'mul', square)
  withConstant(code, 'f64x2', 'add', 1)
}
