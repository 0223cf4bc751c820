import { expect, it } from 'vitest'
import * as typed from './index.ts'

// biome-ignore lint/suspicious/noExplicitAny: as JavaScript, which has no types, sees the library.
const { concatenate, conv2d, eye, fmax, full, iota, ones, stack, tensor, where, zeros } = typed as any
const x = zeros([4, 4])
const variable = new typed.Variable(typed.zeros([4, 4]))

it.each([
  ['a number as a shape', () => zeros(3), 'full: 3 is not a shape: a list of sizes is needed, such as [2, 3].'],
  ['a text as a shape', () => x.reshape('2,8'), "reshape: '2,8' is not a shape"],
  [
    'options where a dtype belongs',
    () => ones([2], { dtype: 'int32' }),
    'full: an Object is no dtype; there are bool, ',
  ],
  ['an unknown dtype', () => zeros([2], 'float16'), "full: 'float16' is no dtype"],
  ['an unknown dtype of positions', () => iota([2], 0, 'int64'), "iota: 'int64' is no dtype"],
  ['an unknown dtype of data', () => tensor([1], { dtype: 'half' }), "tensor: 'half' is no dtype"],
  ['a cast to an unknown dtype', () => x.cast('bfloat16'), "cast: 'bfloat16' is no dtype"],
  ['an identity of an unknown dtype', () => eye(2, 'complex'), "cast: 'complex' is no dtype"],
  ['a dtype where options belong', () => tensor([1], 'int32'), "tensor: options such as { dtype: 'int32' } are needed"],
  ['texts as data', () => tensor([1, 'a']), "tensor: [1] is 'a', where a number is needed."],
  ['no data', () => tensor(undefined), 'tensor: the top is undefined, where a number is needed.'],
  ['no value', () => full([2]), 'full: the value must be a number, not undefined.'],
  ['a text as operand', () => x.add('x'), "add: a tensor or a number is needed, not 'x'."],
  ['no operand', () => x.multiply(), 'multiply: a tensor or a number is needed, not undefined.'],
  ['a list as operand', () => x.less([1]), 'not an Array. Make a tensor of it with tensor(…)?'],
  ['a variable as operand', () => x.add(variable), 'not a Variable. Use its `value`?'],
  ['a variable in a product', () => x.matmul(variable), 'matmul: a tensor is needed, not a Variable. Use its `value`?'],
  ['a number in a product', () => x.contract(3, {}), 'contract: a tensor is needed, not 3.'],
  ['a number in a sum of products', () => x.dot(3), 'dot: a tensor is needed, not 3.'],
  ['a text to choose', () => where(x, 'a', 1), "where: a tensor or a number is needed, not 'a'."],
  ['null to choose', () => fmax(x, null), 'fmax: a tensor or a number is needed, not null.'],
  ['numbers to join', () => concatenate([x, 3], 0), 'concatenate: a tensor is needed, not 3.'],
  ['functions to stack', () => stack([x, zeros], 0), 'stack: a tensor is needed, not a function.'],
  [
    'a text as stride',
    () => conv2d(zeros([1, 1, 4, 4]), zeros([1, 1, 2, 2]), { stride: 'two' }),
    "stride must be a number or a list of 2, not 'two'.",
  ],
])('%s is refused by name', (_, call, message) => {
  expect(call).toThrow(message)
})
