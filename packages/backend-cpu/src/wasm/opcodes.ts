// The instructions of WebAssembly that this backend uses, by the names of the specification (core 2.0, relaxed SIMD and threads).
//
// A code of one byte stands as it is; one behind a prefix byte is prefix · 0x1000 + code. Each is a constant of its own, so that bundles hold
// the numbers that are used, and no names.

// --- instructions without immediates ---

// control and parametric
export const unreachable = 0x00
export const return_ = 0x0f
export const drop = 0x1a
export const select = 0x1b
// i32
export const i32_eqz = 0x45
export const i32_eq = 0x46
export const i32_ne = 0x47
export const i32_lt_s = 0x48
export const i32_lt_u = 0x49
export const i32_gt_s = 0x4a
export const i32_gt_u = 0x4b
export const i32_le_s = 0x4c
export const i32_le_u = 0x4d
export const i32_ge_s = 0x4e
export const i32_ge_u = 0x4f
export const i32_clz = 0x67
export const i32_ctz = 0x68
export const i32_popcnt = 0x69
export const i32_add = 0x6a
export const i32_sub = 0x6b
export const i32_mul = 0x6c
export const i32_div_s = 0x6d
export const i32_div_u = 0x6e
export const i32_rem_s = 0x6f
export const i32_rem_u = 0x70
export const i32_and = 0x71
export const i32_or = 0x72
export const i32_xor = 0x73
export const i32_shl = 0x74
export const i32_shr_s = 0x75
export const i32_shr_u = 0x76
export const i32_rotl = 0x77
export const i32_rotr = 0x78
// f32 and f64
export const f32_eq = 0x5b
export const f32_ne = 0x5c
export const f32_lt = 0x5d
export const f32_gt = 0x5e
export const f32_le = 0x5f
export const f32_ge = 0x60
export const f64_eq = 0x61
export const f64_ne = 0x62
export const f64_lt = 0x63
export const f64_gt = 0x64
export const f64_le = 0x65
export const f64_ge = 0x66
export const f32_abs = 0x8b
export const f32_neg = 0x8c
export const f32_ceil = 0x8d
export const f32_floor = 0x8e
export const f32_trunc = 0x8f
export const f32_nearest = 0x90
export const f32_sqrt = 0x91
export const f32_add = 0x92
export const f32_sub = 0x93
export const f32_mul = 0x94
export const f32_div = 0x95
export const f32_min = 0x96
export const f32_max = 0x97
export const f32_copysign = 0x98
export const f64_abs = 0x99
export const f64_neg = 0x9a
export const f64_ceil = 0x9b
export const f64_floor = 0x9c
export const f64_trunc = 0x9d
export const f64_nearest = 0x9e
export const f64_sqrt = 0x9f
export const f64_add = 0xa0
export const f64_sub = 0xa1
export const f64_mul = 0xa2
export const f64_div = 0xa3
export const f64_min = 0xa4
export const f64_max = 0xa5
export const f64_copysign = 0xa6
// conversions
export const f32_convert_i32_s = 0xb2
export const f32_convert_i32_u = 0xb3
export const f32_demote_f64 = 0xb6
export const f64_convert_i32_s = 0xb7
export const f64_convert_i32_u = 0xb8
export const f64_promote_f32 = 0xbb
export const i32_reinterpret_f32 = 0xbc
export const f32_reinterpret_i32 = 0xbe
export const i32_trunc_sat_f32_s = 0xfc000
export const i32_trunc_sat_f32_u = 0xfc001
export const i32_trunc_sat_f64_s = 0xfc002
export const i32_trunc_sat_f64_u = 0xfc003
// v128: whole
export const i8x16_swizzle = 0xfd00e
export const v128_not = 0xfd04d
export const v128_and = 0xfd04e
export const v128_andnot = 0xfd04f
export const v128_or = 0xfd050
export const v128_xor = 0xfd051
export const v128_bitselect = 0xfd052
export const v128_any_true = 0xfd053
// v128: splats
export const i8x16_splat = 0xfd00f
export const i16x8_splat = 0xfd010
export const i32x4_splat = 0xfd011
export const f32x4_splat = 0xfd013
export const f64x2_splat = 0xfd014
// v128: comparisons
export const i8x16_eq = 0xfd023
export const i8x16_ne = 0xfd024
export const i32x4_eq = 0xfd037
export const i32x4_ne = 0xfd038
export const i32x4_lt_s = 0xfd039
export const i32x4_lt_u = 0xfd03a
export const i32x4_gt_s = 0xfd03b
export const i32x4_gt_u = 0xfd03c
export const i32x4_le_s = 0xfd03d
export const i32x4_le_u = 0xfd03e
export const i32x4_ge_s = 0xfd03f
export const i32x4_ge_u = 0xfd040
export const f32x4_eq = 0xfd041
export const f32x4_ne = 0xfd042
export const f32x4_lt = 0xfd043
export const f32x4_gt = 0xfd044
export const f32x4_le = 0xfd045
export const f32x4_ge = 0xfd046
export const f64x2_eq = 0xfd047
export const f64x2_ne = 0xfd048
export const f64x2_lt = 0xfd049
export const f64x2_gt = 0xfd04a
export const f64x2_le = 0xfd04b
export const f64x2_ge = 0xfd04c
// v128: integers
export const i8x16_narrow_i16x8_s = 0xfd065
export const i8x16_narrow_i16x8_u = 0xfd066
export const i16x8_narrow_i32x4_s = 0xfd085
export const i16x8_narrow_i32x4_u = 0xfd086
export const i16x8_extend_low_i8x16_s = 0xfd087
export const i16x8_extend_high_i8x16_s = 0xfd088
export const i16x8_extend_low_i8x16_u = 0xfd089
export const i16x8_extend_high_i8x16_u = 0xfd08a
export const i32x4_abs = 0xfd0a0
export const i32x4_neg = 0xfd0a1
export const i32x4_all_true = 0xfd0a3
export const i32x4_bitmask = 0xfd0a4
export const i32x4_extend_low_i16x8_s = 0xfd0a7
export const i32x4_extend_high_i16x8_s = 0xfd0a8
export const i32x4_extend_low_i16x8_u = 0xfd0a9
export const i32x4_extend_high_i16x8_u = 0xfd0aa
export const i32x4_shl = 0xfd0ab
export const i32x4_shr_s = 0xfd0ac
export const i32x4_shr_u = 0xfd0ad
export const i32x4_add = 0xfd0ae
export const i32x4_sub = 0xfd0b1
export const i32x4_mul = 0xfd0b5
export const i32x4_min_s = 0xfd0b6
export const i32x4_min_u = 0xfd0b7
export const i32x4_max_s = 0xfd0b8
export const i32x4_max_u = 0xfd0b9
export const i64x2_bitmask = 0xfd0c4
export const i64x2_extend_low_i32x4_s = 0xfd0c7
export const i64x2_extend_high_i32x4_s = 0xfd0c8
export const i64x2_extend_low_i32x4_u = 0xfd0c9
export const i64x2_extend_high_i32x4_u = 0xfd0ca
export const i64x2_shl = 0xfd0cb
export const i64x2_shr_s = 0xfd0cc
export const i64x2_shr_u = 0xfd0cd
export const i64x2_add = 0xfd0ce
export const i64x2_sub = 0xfd0d1
// v128: floats
export const f32x4_ceil = 0xfd067
export const f32x4_floor = 0xfd068
export const f32x4_trunc = 0xfd069
export const f32x4_nearest = 0xfd06a
export const f64x2_ceil = 0xfd074
export const f64x2_floor = 0xfd075
export const f64x2_trunc = 0xfd07a
export const f64x2_nearest = 0xfd094
export const f32x4_abs = 0xfd0e0
export const f32x4_neg = 0xfd0e1
export const f32x4_sqrt = 0xfd0e3
export const f32x4_add = 0xfd0e4
export const f32x4_sub = 0xfd0e5
export const f32x4_mul = 0xfd0e6
export const f32x4_div = 0xfd0e7
export const f32x4_min = 0xfd0e8
export const f32x4_max = 0xfd0e9
export const f32x4_pmin = 0xfd0ea
export const f32x4_pmax = 0xfd0eb
export const f64x2_abs = 0xfd0ec
export const f64x2_neg = 0xfd0ed
export const f64x2_sqrt = 0xfd0ef
export const f64x2_add = 0xfd0f0
export const f64x2_sub = 0xfd0f1
export const f64x2_mul = 0xfd0f2
export const f64x2_div = 0xfd0f3
export const f64x2_min = 0xfd0f4
export const f64x2_max = 0xfd0f5
export const f64x2_pmin = 0xfd0f6
export const f64x2_pmax = 0xfd0f7
// v128: conversions
export const f32x4_demote_f64x2_zero = 0xfd05e
export const f64x2_promote_low_f32x4 = 0xfd05f
export const i32x4_trunc_sat_f32x4_s = 0xfd0f8
export const i32x4_trunc_sat_f32x4_u = 0xfd0f9
export const f32x4_convert_i32x4_s = 0xfd0fa
export const f32x4_convert_i32x4_u = 0xfd0fb
export const i32x4_trunc_sat_f64x2_s_zero = 0xfd0fc
export const i32x4_trunc_sat_f64x2_u_zero = 0xfd0fd
export const f64x2_convert_low_i32x4_s = 0xfd0fe
export const f64x2_convert_low_i32x4_u = 0xfd0ff
// relaxed SIMD
export const f32x4_relaxed_madd = 0xfd105
export const f32x4_relaxed_nmadd = 0xfd106
export const f64x2_relaxed_madd = 0xfd107
export const f64x2_relaxed_nmadd = 0xfd108

// --- loads and stores: the code, and in front of its six digits the binary logarithm of the natural alignment ---

export const i32_load = 0x2_000028
export const f32_load = 0x2_00002a
export const f64_load = 0x3_00002b
export const i32_load8_s = 0x0_00002c
export const i32_load8_u = 0x0_00002d
export const i32_store = 0x2_000036
export const f32_store = 0x2_000038
export const f64_store = 0x3_000039
export const i32_store8 = 0x0_00003a
export const v128_load = 0x4_0fd000
export const v128_load8x8_u = 0x3_0fd002
export const v128_load8_splat = 0x0_0fd007
export const v128_load32_splat = 0x2_0fd009
export const v128_load64_splat = 0x3_0fd00a
export const v128_store = 0x4_0fd00b
export const v128_load32_zero = 0x2_0fd05c
export const v128_load64_zero = 0x3_0fd05d
// Atomic ones, with their operands between address and result.
export const memory_atomic_notify = 0x2_0fe000
export const memory_atomic_wait32 = 0x2_0fe001
export const i32_atomic_load = 0x2_0fe010
export const i32_atomic_store = 0x2_0fe017
export const i32_atomic_rmw_add = 0x2_0fe01e

// --- instructions with a lane number ---

export const i8x16_extract_lane_u = 0xfd016
export const i8x16_replace_lane = 0xfd017
export const i32x4_extract_lane = 0xfd01b
export const i32x4_replace_lane = 0xfd01c
export const f32x4_extract_lane = 0xfd01f
export const f32x4_replace_lane = 0xfd020
export const f64x2_extract_lane = 0xfd021
export const f64x2_replace_lane = 0xfd022

// --- loads and stores of one lane, with the alignment in front of the code ---

export const v128_load8_lane = 0x0_0fd054
export const v128_load32_lane = 0x2_0fd056
export const v128_load64_lane = 0x3_0fd057
export const v128_store8_lane = 0x0_0fd058
export const v128_store32_lane = 0x2_0fd05a
export const v128_store64_lane = 0x3_0fd05b

type Opcodes = typeof import('./opcodes.ts')
type Named<Pattern extends string> = Opcodes[Extract<keyof Opcodes, Pattern>]

export type MemoryLaneOpcode = Named<`v128_${string}_lane`>
export type LaneOpcode = Exclude<Named<`${string}_lane${'' | '_u'}`>, MemoryLaneOpcode>
export type MemoryOpcode = Exclude<Named<`${string}_${'load' | 'store' | 'atomic'}${string}`>, MemoryLaneOpcode>
export type PlainOpcode = Exclude<Opcodes[keyof Opcodes], MemoryOpcode | LaneOpcode | MemoryLaneOpcode>
