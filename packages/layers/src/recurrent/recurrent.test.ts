import { gradients } from '@neurite/autograd'
import { key, normal, type Tensor, tensor, zeros } from '@neurite/tensor'
import { describe, expect, test } from 'vitest'
import { evaluate, GRU, GRUCell, LSTM, LSTMCell, loadStateDict, parameters, RNN, RNNCell, stateDict } from '../index.ts'

const x: Tensor = normal([6, 3, 2], { key: key(1) })
const values = (y: Tensor): number[] => [...y.dataSync()]

function expectClose(found: Tensor, expected: Tensor): void {
  expect(found.shape).toEqual(expected.shape)
  const wanted = values(expected)
  values(found).forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, 5)
  })
}

/** The cell that a layer of one direction repeats. */
function withWeightsOf<Cell extends object>(cell: Cell, layer: object): Cell {
  const state = Object.entries(stateDict(layer)).map(([name, value]) => [name.replace('_l0', ''), value] as const)
  loadStateDict(cell, Object.fromEntries(state))
  return cell
}

describe('a layer repeats its cell', () => {
  test('RNN and GRU', () => {
    for (const [layer, cell] of [
      [new RNN(2, 4, { key: key(2) }), new RNNCell(2, 4)],
      [new RNN(2, 4, { key: key(2), nonlinearity: 'relu' }), new RNNCell(2, 4, { nonlinearity: 'relu' })],
      [new GRU(2, 4, { key: key(2) }), new GRUCell(2, 4)],
    ] as const) {
      withWeightsOf(cell, layer)
      const { output, hidden } = layer.forwardWithState(x)
      let state: Tensor | undefined
      for (let time = 0; time < 6; time++) {
        state = cell.forward(x.select(0, time) as Tensor, state)
        expectClose(output.select(0, time) as Tensor, state)
      }
      expectClose(hidden.select(0, 0) as Tensor, state!)
      expectClose(layer.forward(x), output)
    }
  })

  test('LSTM', () => {
    const layer = new LSTM(2, 4, { key: key(2) })
    const cell = withWeightsOf(new LSTMCell(2, 4), layer)
    const { output, hidden, cell: memory } = layer.forwardWithState(x)
    let state: { hidden: Tensor; cell: Tensor } | undefined
    for (let time = 0; time < 6; time++) {
      state = cell.forward(x.select(0, time) as Tensor, state)
      expectClose(output.select(0, time) as Tensor, state.hidden)
    }
    expectClose(hidden.select(0, 0) as Tensor, state!.hidden)
    expectClose(memory.select(0, 0) as Tensor, state!.cell)
  })
})

test('a sequence run in two parts, the state handed over, is the sequence run at once', () => {
  const layer = new LSTM(2, 4, { layers: 2, key: key(2) })
  const whole = layer.forwardWithState(x)
  const first = layer.forwardWithState(x.narrow(0, 0, 2) as Tensor)
  const second = layer.forwardWithState(x.narrow(0, 2, 4) as Tensor, { hidden: first.hidden, cell: first.cell })
  expectClose(second.output, whole.output.narrow(0, 2, 4) as Tensor)
  expectClose(second.cell, whole.cell)
})

describe('sequences of several lengths', () => {
  const lengths = tensor([6, 1, 3], { dtype: 'int32' })

  test.each([
    ['GRU', new GRU(2, 4, { layers: 2, bidirectional: true, key: key(3) })],
    ['LSTM', new LSTM(2, 4, { layers: 2, bidirectional: true, key: key(3) })],
  ] as const)('%s: each is run over as if alone, and outputs behind its end are 0', (_, layer) => {
    const { output, hidden } = layer.forwardWithState(x, { lengths })
    ;[6, 1, 3].forEach((length, n) => {
      const alone = layer.forwardWithState(x.narrow(1, n, 1).narrow(0, 0, length) as Tensor)
      expectClose(output.narrow(1, n, 1).narrow(0, 0, length) as Tensor, alone.output)
      expectClose(hidden.narrow(1, n, 1) as Tensor, alone.hidden)
      expect(new Set(values(output.select(1, n).narrow(0, length, 6 - length) as Tensor)).has(0)).toBe(length < 6)
      expect(values(output.select(1, n).narrow(0, length, 6 - length) as Tensor).every((value) => value === 0)).toBe(
        true,
      )
    })
  })

  test('what stands behind the end has no gradient', () => {
    const layer = new GRU(2, 4, { bidirectional: true, key: key(3) })
    const [gradient] = gradients(layer.forwardWithState(x, { lengths }).output.sum(), [x])
    expect(values(gradient!.select(1, 1).narrow(0, 1, 5) as Tensor).every((value) => value === 0)).toBe(true)
    expect(values(gradient!.select(1, 1).narrow(0, 0, 1) as Tensor).some((value) => value !== 0)).toBe(true)
  })
})

test('batchFirst exchanges the axes of inputs and outputs only', () => {
  const [layer, batchFirst] = [new GRU(2, 4, { key: key(2) }), new GRU(2, 4, { key: key(2), batchFirst: true })]
  const found = batchFirst.forwardWithState(x.transpose(0, 1) as Tensor)
  expectClose(found.output.transpose(0, 1) as Tensor, layer.forward(x))
  expectClose(found.hidden, layer.forwardWithState(x).hidden)
})

test('dropout acts between layers while training', () => {
  const layer = new GRU(2, 4, { layers: 2, dropout: 0.5, key: key(2) })
  expect(values(layer.forward(x))).not.toEqual(values(layer.forward(x)))
  evaluate(layer)
  expect(values(layer.forward(x))).toEqual(values(layer.forward(x)))
  const single = new GRU(2, 4, { dropout: 0.5, key: key(2) })
  expect(values(single.forward(x))).toEqual(values(single.forward(x)))
})

test('parameters have PyTorch’s names, in its order', () => {
  expect(
    [...parameters(new LSTM(2, 4, { layers: 2, bidirectional: true, projectionFeatures: 3 })).keys()].slice(0, 11),
  ).toEqual([
    'weight_ih_l0',
    'weight_hh_l0',
    'bias_ih_l0',
    'bias_hh_l0',
    'weight_hr_l0',
    'weight_ih_l0_reverse',
    'weight_hh_l0_reverse',
    'bias_ih_l0_reverse',
    'bias_hh_l0_reverse',
    'weight_hr_l0_reverse',
    'weight_ih_l1',
  ])
  expect([...parameters(new RNN(2, 4, { bias: false })).keys()]).toEqual(['weight_ih_l0', 'weight_hh_l0'])
})

test('initial values are drawn from ±1/√hiddenFeatures', () => {
  const largest = Math.max(...values(new GRU(50, 16, { key: key(4) }).weightIhL0!.value).map(Math.abs))
  expect(largest).toBeLessThanOrEqual(0.25)
  expect(largest).toBeGreaterThan(0.245)
})

test('the graph is as large for long sequences as for short ones', () => {
  const size = (length: number): number => {
    const seen = new Set<Tensor>()
    const stack: Tensor[] = [new GRU(2, 4).forward(zeros([length, 1, 2]))]
    while (stack.length > 0) {
      const node = stack.pop()!
      if (seen.has(node)) continue
      seen.add(node)
      if (!node.isLeaf) stack.push(...node.inputs)
    }
    return seen.size
  }
  expect(size(500)).toBe(size(2))
})

describe('what does not fit is an error', () => {
  test('in constructors', () => {
    expect(() => new LSTM(2, 4, { projectionFeatures: 4 })).toThrow('LSTM: projectionFeatures is 4; it must be smaller')
    expect(() => new GRU(2, 0)).toThrow('GRU: hiddenFeatures is 0')
    expect(() => new RNN(2, 4, { dropout: 2 })).toThrow('probability is 2')
    expect(() => new GRUCell(1.5, 4)).toThrow('GRUCell: inFeatures is 1.5')
  })

  test('in calls', () => {
    const layer = new GRU(2, 4)
    const [flat, wide]: Tensor[] = [zeros([6, 2]), zeros([6, 3, 5])]
    expect(() => layer.forward(flat!)).toThrow('GRU: input [6, 2] must be [T, N, features].')
    expect(() => layer.forward(wide!)).toThrow(
      'GRU: input [6, 3, 5] has 5 features on its last axis; the layer takes 2',
    )
    expect(() => layer.forwardWithState(x, { hidden: zeros([1, 2, 4]) })).toThrow(
      'hidden state [1, 2, 4] must be [1, 3, 4]',
    )
    expect(() => layer.forwardWithState(x, { lengths: tensor([1], { dtype: 'int32' }) })).toThrow(
      'lengths [1] do not fit',
    )
    expect(() => new LSTMCell(2, 4).forward(zeros([3, 2]), { hidden: zeros([3, 4]), cell: zeros([3, 5]) })).toThrow(
      'LSTMCell: cell state [3, 5] does not fit input [3, 2]: it is [3, 4].',
    )
  })
})
