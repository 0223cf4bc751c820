import { CustomGradient, type IdentityName, type Tensor } from '@neurite/tensor'
import { scattered } from '../scattered.ts'
import { casesOf, type RuleCases } from './case.ts'

const [x, y] = [scattered([2, 3]), scattered([2, 3], { seed: 2 })]

/** 3x + sin y and x · y. */
const call = new CustomGradient(2, ([a, b], _, [x, y]) => [
  (a as Tensor).multiply(3).add(b!.multiply(y!)),
  (a as Tensor).multiply(y!.cos()).add(b!.multiply(x!)),
])

const inputs = [x.multiply(3).add(y.sin()), x.multiply(y), x, y]

export const identityCases: RuleCases<IdentityName> = {
  stopGradient: casesOf('stopGradient', [
    ['of a matrix', [x], {}],
    ['of a scalar', [scattered([])], {}],
  ]),
  customGradient: casesOf('customGradient', [
    ['by the first result', inputs, { call, place: 0 }, { by: [2, 3] }],
    ['by the second result', inputs, { call, place: 1 }, { by: [2, 3] }],
  ]),
  barrier: casesOf('barrier', [
    ['of a matrix', [x, y], {}, { by: [0] }],
    ['of a vector before a scalar', [scattered([3]), scattered([])], {}, { by: [0] }],
  ]),
}
