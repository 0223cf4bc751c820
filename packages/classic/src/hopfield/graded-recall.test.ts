import '@neurite/backend-cpu/install'
import { expect, it } from 'vitest'
import { digitPatterns } from '../patterns/digits.ts'
import { flipBits } from '../patterns/noise.ts'
import { gradedRecall } from './graded-recall.ts'
import { HopfieldNet } from './hopfield-net.ts'

const digits = digitPatterns().map(({ pattern }) => pattern)

it('holds and restores digits at a high gain, and its energy never rises', () => {
  const net = new HopfieldNet(120).train(digits)
  const restored = (noise: number): number => {
    const recalls = Array.from({ length: 16 }, (_, seed) => {
      const { energies, match } = gradedRecall(net, flipBits(digits[seed % 8]!, noise, { seed }))
      for (let t = 1; t < energies.length; t++)
        expect(energies[t]).toBeLessThanOrEqual(energies[t - 1]! + 1e-9 * Math.abs(energies[0]!))
      return match?.exemplar === seed % 8 && !match.inverted
    })
    return recalls.filter(Boolean).length
  }
  expect(restored(0)).toBe(16)
  expect(restored(0.15)).toBeGreaterThanOrEqual(8)
})

it('two nodes by Euler’s method, as written down', () => {
  const net = new HopfieldNet(2, { offsets: [0.1, -0.2] }).train([[1, 1]])
  const [gain, tau, step] = [2, 0.5, 0.1]
  let u = [1, -1].map((sign) => (sign * Math.atanh(0.3)) / gain)
  const { history, energies } = gradedRecall(net, [1, -1], {
    gain,
    timeConstant: tau,
    timeStep: step,
    steps: 20,
    start: 0.3,
  })
  history.forEach((outputs, t) => {
    const V = u.map((value) => Math.tanh(gain * value)) as [number, number]
    V.forEach((value, i) => {
      expect(outputs[i]).toBeCloseTo(value, 12)
    })
    const integral = V.reduce((sum, v) => sum + v * Math.atanh(v) + 0.5 * Math.log(1 - v * v), 0)
    expect(energies[t]).toBeCloseTo(-0.5 * V[0] * V[1] + 0.1 * V[0] - 0.2 * V[1] + integral / (gain * tau), 12)
    u = [u[0]! + step * (-u[0]! / tau + V[1] / 2 - 0.1), u[1]! + step * (-u[1]! / tau + V[0] / 2 + 0.2)]
  })
})

it('forgets at a low gain', () => {
  const net = new HopfieldNet(120).train(digits)
  expect(Math.max(...gradedRecall(net, digits[0]!, { gain: 0.2 }).outputs.map(Math.abs))).toBeLessThan(0.01)
})

it('says what is wrong', () => {
  const net = new HopfieldNet(2)
  expect(() => gradedRecall(net, [1, 0])).toThrow('value 1 is 0; it must be −1 or 1')
  expect(() => gradedRecall(net, [1, 1], { gain: 0 })).toThrow('gain is 0')
  expect(() => gradedRecall(net, [1, 1], { start: 1 })).toThrow('start is 1')
})
