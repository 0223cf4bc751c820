import {
  Adadelta,
  Adagrad,
  batches,
  binaryCrossEntropyWithLogits,
  compile,
  gradients,
  Linear,
  loadStateDict,
  type Optimizer,
  parameters,
  RandomStream,
  RMSprop,
  Sequential,
  SGD,
  stateDict,
  type Tensor,
  tanh,
  tensorDataset,
} from 'neurite'
import { type Curve, curves } from '../pictures/curves.ts'
import { type Classroom, inSteps, type Lesson, scaled } from './lesson.ts'
import { fitOn } from './point-classifier.ts'
import { tensorsOf, twoMoons } from './points.ts'

const count = 200

interface Contestant {
  readonly name: string
  readonly batchSize: number
  optimizer(weights: ReturnType<typeof parameters>): Optimizer
}

/** The course's five, each at a learning rate that suits it. */
const contestants: readonly Contestant[] = [
  {
    name: 'gradient descent',
    batchSize: count,
    optimizer: (weights) => new SGD(weights, { learningRate: 0.5 }),
  },
  { name: 'SGD', batchSize: 20, optimizer: (weights) => new SGD(weights, { learningRate: 0.5 }) },
  { name: 'Adagrad', batchSize: 20, optimizer: (weights) => new Adagrad(weights, { learningRate: 0.1 }) },
  { name: 'Adadelta', batchSize: 20, optimizer: (weights) => new Adadelta(weights, { learningRate: 1 }) },
  { name: 'RMSprop', batchSize: 20, optimizer: (weights) => new RMSprop(weights, { learningRate: 0.01 }) },
]

/** Robbins & Monro 1951; Duchi, Hazan & Singer 2011; Zeiler 2012; Tieleman & Hinton 2012. */
export const optimizers: Lesson = {
  name: 'optimizers',
  title: 'Five optimizers from one start',
  summary: 'gradient descent, SGD, Adagrad, Adadelta, RMSprop from the same weights',
  async teach(classroom) {
    const points = twoMoons(count, 0.12, new RandomStream(classroom.seed))
    const { x, y } = tensorsOf(points)
    const network = new Sequential(new Linear(2, 16), tanh, new Linear(16, 16), tanh, new Linear(16, 1))
    const start = stateDict(network)
    const epochs = scaled(80, classroom)
    const drawn: Curve[] = []
    classroom.print(`${count} points on two moons, a 2-16-16-1 net, ${epochs} epochs each:`)
    for (const contestant of contestants) {
      loadStateDict(network, start)
      drawn.push({ name: contestant.name, values: await lossesOf(contestant, network, { x, y }, epochs, classroom) })
    }
    classroom.print('', ...curves(drawn, { along: 'epoch', last: epochs }, classroom.colors), '', ...table(drawn))
    const [best] = drawn.toSorted((a, b) => a.values.at(-1)! - b.values.at(-1)!)
    const slowest = drawn.toSorted((a, b) => b.values.at(-1)! - a.values.at(-1)!)[0]!
    return `From the same weights, ${best!.name} came to a loss of ${best!.values.at(-1)!.toFixed(3)} and ${slowest.name} to ${slowest.values.at(-1)!.toFixed(3)}: what a step is made of decides how far the same gradients lead.`

    async function lossesOf(
      { name, batchSize, optimizer: make }: Contestant,
      net: typeof network,
      data: { x: Tensor<[number, 2]>; y: Tensor<[number, 1]> },
      rounds: number,
      room: Classroom,
    ): Promise<number[]> {
      const optimizer = make(parameters(net))
      const step = compile((some: Tensor<[number, 2]>, labels: Tensor<[number, 1]>) => {
        const loss = binaryCrossEntropyWithLogits(net.forward(some), labels)
        optimizer.step(gradients(loss, parameters(net)))
        return loss
      })
      const examples = batches(tensorDataset(data.x, data.y), { batchSize, shuffle: true, seed: room.seed })
      const fit = fitOn(net, points)
      const losses = [(await fit()).loss]
      await inSteps(room, rounds, async (epoch) => {
        for (const [some, labels] of examples) step(some, labels)
        losses.push((await fit()).loss)
        return () => `${name.padEnd(16)}  epoch ${epoch}  loss ${losses.at(-1)!.toFixed(4)}`
      })
      return losses
    }
  },
}

function table(drawn: readonly Curve[]): string[] {
  return [
    `${''.padEnd(16)}   start   half way   end`,
    ...drawn.map(({ name, values }) => {
      const [first, middle, last] = [values[0]!, values[Math.floor(values.length / 2)]!, values.at(-1)!]
      return `${name.padEnd(16)}  ${first.toFixed(4)}    ${middle.toFixed(4)}   ${last.toFixed(4)}`
    }),
  ]
}
