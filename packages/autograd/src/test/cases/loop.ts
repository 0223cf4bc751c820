import { type LoopName, type Primitives, scan, type Tensor } from '@neurite/tensor'
import { integers, scattered } from '../scattered.ts'
import { casesOf, type RuleCases } from './case.ts'

type Case = [name: string, inputs: readonly Tensor[], attributes: Primitives['scan']]

/** A result of a loop as a case. */
function of(name: string, node: Tensor, result: Partial<Primitives['scan']> = {}): Case {
  return [name, node.inputs, { ...(node.attributes as Primitives['scan']), ...result }]
}

const weight = scattered([2, 2])

/** A recurrent net of two units over three elements of two batches, which also counts its steps. */
function recurrent(reverse: boolean): readonly Tensor[] {
  const [state, outputs] = scan(
    (carry: { h: Tensor; count: Tensor }, x: Tensor) => {
      const h: Tensor = x.add(carry.h.contract(weight, { over: [[-1, 0]] })).tanh()
      return [{ h, count: carry.count.add(1) }, h.multiply(carry.h).add(x)] as const
    },
    { h: scattered([2, 2]), count: integers([0], []) },
    scattered([3, 2, 2]),
    { reverse },
  )
  return [state.h, outputs]
}

const [last, outputs] = recurrent(false) as [Tensor, Tensor]
const [first, reversedOutputs] = recurrent(true) as [Tensor, Tensor]

export const loopCases: RuleCases<LoopName> = {
  scan: casesOf('scan', [
    of('by the last carry', last),
    of('by the outputs', outputs),
    of('by what the steps started from', last, { result: 'history' }),
    of('by an intermediate of the steps', last, { result: 'intermediate' }),
    of('in reverse, by the last carry', first),
    of('in reverse, by the outputs', reversedOutputs),
  ]),
}
