// A program over three small packages: a line fitted to points by gradient descent, every step on the CPU backend.
import '@neurite/backend-cpu/install'
import { gradients } from '@neurite/autograd'
import { tensor, Variable } from '@neurite/tensor'

const x = tensor([0, 1, 2, 3])
const y = tensor([1, 3, 5, 7])
const slope = new Variable(tensor(0))
const offset = new Variable(tensor(0))

for (let step = 0; step < 500; step++) {
  const error = x.multiply(slope.value).add(offset.value).subtract(y)
  const loss = error.multiply(error).mean()
  const [bySlope, byOffset] = gradients(loss, [slope, offset])
  slope.assign(slope.value.subtract(bySlope.multiply(0.1)))
  offset.assign(offset.value.subtract(byOffset.multiply(0.1)))
}

const found = [await slope.value.item(), await offset.value.item()] as const
console.log(`y = ${found[0].toFixed(2)} x + ${found[1].toFixed(2)}`)
if (Math.abs(found[0] - 2) > 0.01 || Math.abs(found[1] - 1) > 0.01) throw new Error('The line is not the one expected.')
