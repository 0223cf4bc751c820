// A program over the umbrella: XOR learnt by a compiled step.
import {
  Adam,
  binaryCrossEntropy,
  compile,
  gradients,
  Linear,
  parameters,
  Sequential,
  seed,
  sigmoid,
  type Tensor,
  tanh,
  tensor,
} from 'neurite'

seed(1)
const model = new Sequential(new Linear(2, 8), tanh, new Linear(8, 1), sigmoid)
const optimizer = new Adam(parameters(model), { learningRate: 0.05 })
const inputs = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
])
const targets = tensor([[0], [1], [1], [0]])

const step = compile((x: Tensor<[4, 2]>, y: Tensor<[4, 1]>) => {
  const loss = binaryCrossEntropy(model.forward(x), y)
  optimizer.step(gradients(loss, parameters(model)))
  return loss
})

let loss = Infinity
for (let i = 0; i < 500; i++) loss = await step(inputs, targets).item()
console.log(`XOR: loss ${loss.toFixed(4)} after 500 steps`)
if (!(loss < 0.05)) throw new Error('XOR was not learnt.')
