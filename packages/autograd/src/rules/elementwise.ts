import { type ElementwiseName, type Tensor, where } from '@neurite/tensor'
import type { VjpRules } from '../rule.ts'
import { powerRule } from './power.ts'

// x, a, b are the inputs, y the output and c its cotangent: each rule is c times the derivative of y.
export const elementwiseRules: VjpRules<ElementwiseName> = {
  negate: (c) => [c.negate()],
  absolute: (c, { inputs: [x] }) => [c.multiply(x!.sign())],
  sqrt: (c, { output: y }) => [c.divide(y.multiply(2))],
  exp: (c, { output: y }) => [c.multiply(y)],
  log: (c, { inputs: [x] }) => [c.divide(x!)],
  sin: (c, { inputs: [x] }) => [c.multiply(x!.cos())],
  cos: (c, { inputs: [x] }) => [c.multiply(x!.sin()).negate()],
  // 1 − y²
  tanh: (c, { output: y }) => [c.multiply(y.square().negate().add(1))],
  // y · (1 − y)
  sigmoid: (c, { output: y }) => [c.multiply(y).multiply(y.negate().add(1))],
  // 2/√π · e⁻ˣ²
  erf: (c, { inputs: [x] }) => [c.multiply(x!.square().negate().exp()).multiply(2 / Math.sqrt(Math.PI))],
  floor: null,
  round: null,
  cast: (c, { inputs: [x] }) => [c.cast(x!.dtype)],

  add: (c) => [c, c],
  subtract: (c) => [c, c.negate()],
  multiply: (c, { inputs: [a, b] }) => [c.multiply(b!), c.multiply(a!)],
  divide: (c, { inputs: [, b], output: y }) => {
    const byDividend = c.divide(b!)
    return [byDividend, byDividend.multiply(y).negate()]
  },
  // (a − y) / b is ⌊a / b⌋ but for its last bits; of a / b the floor could be one too large.
  remainder: (c, { inputs: [a, b], output: y }) => [c, c.multiply(a!.subtract(y).divide(b!).round()).negate()],
  power: powerRule,
  maximum: (c, { inputs: [a, b] }) => {
    const half = halfWhereEqual(c, a!, b!)
    return [where(a!.less(b!), 0, half), where(b!.less(a!), 0, half)]
  },
  minimum: (c, { inputs: [a, b] }) => {
    const half = halfWhereEqual(c, a!, b!)
    return [where(b!.less(a!), 0, half), where(a!.less(b!), 0, half)]
  },

  less: null,
  lessEqual: null,
  equal: null,
  and: null,
  or: null,
  xor: null,
  shiftLeft: null,
  shiftRightLogical: null,

  select: (c, { inputs: [condition] }) => [null, where(condition!, c, 0), where(condition!, 0, c)],
}

/** Equal operands share the cotangent. */
function halfWhereEqual(c: Tensor, a: Tensor, b: Tensor): Tensor {
  return where(a.equal(b), c.multiply(0.5), c)
}
