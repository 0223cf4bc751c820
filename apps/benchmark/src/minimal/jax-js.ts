import { defaultDevice, init, jit, nn, numpy as np, random, tree, valueAndGrad } from '@jax-js/jax'

type Parameters = { w1: np.Array; b1: np.Array; w2: np.Array; b2: np.Array }

await init('wasm')
defaultDevice('wasm')
const [first, second] = random.split(random.key(0), 2) as unknown as [np.Array, np.Array]
let parameters: Parameters = {
  w1: random.normal(first, [2, 8]),
  b1: np.zeros([8]),
  w2: random.normal(second, [8, 1]),
  b2: np.zeros([1]),
}
const x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]]) // biome-ignore format: as a table
const y = np.array([[0], [1], [1], [0]])
const lossAt = ({ w1, b1, w2, b2 }: Parameters, x: np.Array, y: np.Array): np.Array => {
  const outputs = np.matmul(np.tanh(np.matmul(x, w1).add(b1)), w2).add(b2)
  return nn.softplus(outputs.ref).sub(outputs.mul(y)).mean()
}
const step = jit((parameters: Parameters, x: np.Array, y: np.Array) => {
  const [loss, gradients] = valueAndGrad(lossAt)(tree.ref(parameters), x, y)
  const next = tree.map((value: np.Array, by: np.Array) => value.sub(by.mul(0.5)), parameters, gradients as Parameters)
  return { loss, next: next as Parameters }
})
for (let i = 0; i < 1000; i++) {
  const { loss, next } = step(parameters, x.ref, y.ref)
  parameters = next
  if (i < 999) loss.dispose()
  else console.log((await loss.data())[0])
}
