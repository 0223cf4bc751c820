import {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cosh,
  digamma,
  erfc,
  erfinv,
  lgamma,
  log2,
  log10,
  logAddExp,
  logit,
  sinc,
  sinh,
  type Tensor,
  tan,
} from '@neurite/tensor'
import type { Operations } from './operation.ts'

interface Inputs {
  readonly input: Tensor
  readonly other: Tensor
}

export const functions: Operations<'functions', Inputs, unknown> = {
  acos: ({ input }) => acos(input),
  acosh: ({ input }) => acosh(input),
  asin: ({ input }) => asin(input),
  asinh: ({ input }) => asinh(input),
  atan: ({ input }) => atan(input),
  atan2: ({ input, other }) => atan2(input, other),
  atanh: ({ input }) => atanh(input),
  cos: ({ input }) => input.cos(),
  cosh: ({ input }) => cosh(input),
  digamma: ({ input }) => digamma(input),
  erf: ({ input }) => input.erf(),
  erfc: ({ input }) => erfc(input),
  erfinv: ({ input }) => erfinv(input),
  exp: ({ input }) => input.exp(),
  expm1: ({ input }) => input.expm1(),
  lgamma: ({ input }) => lgamma(input),
  log: ({ input }) => input.log(),
  log10: ({ input }) => log10(input),
  log1p: ({ input }) => input.log1p(),
  log2: ({ input }) => log2(input),
  logaddexp: ({ input, other }) => logAddExp(input, other),
  logit: ({ input }) => logit(input),
  sin: ({ input }) => input.sin(),
  sinc: ({ input }) => sinc(input),
  sinh: ({ input }) => sinh(input),
  tan: ({ input }) => tan(input),
}
