import {
  binaryCrossEntropyWithLogits,
  compile,
  gradients,
  Linear,
  parameters,
  Sequential,
  SGD,
  tanh,
  tensor,
} from 'neurite'

const model = new Sequential(new Linear(2, 8), tanh, new Linear(8, 1))
const optimizer = new SGD(parameters(model), { learningRate: 0.5 })
const x = tensor([[0, 0], [0, 1], [1, 0], [1, 1]]) // biome-ignore format: as a table
const y = tensor([[0], [1], [1], [0]])
const step = compile(() => {
  const loss = binaryCrossEntropyWithLogits(model.forward(x), y)
  optimizer.step(gradients(loss, parameters(model)))
  return loss
})
for (let i = 0; i < 1000; i++) step()
console.log(step().itemSync())
