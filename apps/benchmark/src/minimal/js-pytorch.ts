import { torch } from 'js-pytorch'

const [first, activation, second] = [new torch.nn.Linear(2, 8), new torch.nn.ReLU(), new torch.nn.Linear(8, 2)]
const optimizer = new torch.optim.Adam([first.W, first.b, second.W, second.b], 0.05)
const lossOf = new torch.nn.CrossEntropyLoss()
const x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]]) // biome-ignore format: as a table
const y = torch.tensor([0, 1, 1, 0])
let value = 0
for (let i = 0; i < 300; i++) {
  const loss = lossOf.forward(second.forward(activation.forward(first.forward(x))), y)
  loss.backward()
  optimizer.step()
  optimizer.zero_grad()
  value = loss.data[0]
}
console.log(value)
