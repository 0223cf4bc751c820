import convnetjs, { type Vol } from 'convnetjs'

const net = new convnetjs.Net()
net.makeLayers([
  { type: 'input', out_sx: 1, out_sy: 1, out_depth: 2 },
  { type: 'fc', num_neurons: 8, activation: 'tanh' },
  { type: 'softmax', num_classes: 2 },
])
const trainer = new convnetjs.Trainer(net, { learning_rate: 0.5, momentum: 0, batch_size: 4 })
const samples = [
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
].map(([a, b]): [Vol, number] => {
  const x = new convnetjs.Vol(1, 1, 2, 0)
  x.w.set([a!, b!])
  return [x, a! ^ b!]
})
let loss = 0
for (let i = 0; i < 1000; i++) {
  loss = 0
  for (const [x, y] of samples) loss += trainer.train(x, y).cost_loss / 4
}
console.log(loss)
