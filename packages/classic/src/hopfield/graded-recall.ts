import { compile } from '@neurite/compiler'
import { scan, type Tensor, tanh, tensor } from '@neurite/tensor'
import { checkBetween, checkCount, checkPositive } from '../patterns/argument-checks.ts'
import { type Pattern, readPattern, vector } from '../patterns/pattern.ts'
import type { ExemplarMatch, HopfieldNet } from './hopfield-net.ts'
import type { Couplings } from './update.ts'

export interface GradedRecallOptions {
  /** The steepness g of the sigmoid, default 100: nearly hard limiters. Patterns that are alike melt into one at low gains, and below about 1 all do. */
  readonly gain?: number
  /** The time constant τ, default 1. */
  readonly timeConstant?: number
  /** The length of a step of Euler's method, default 0.05 τ. */
  readonly timeStep?: number
  /** Default 200. */
  readonly steps?: number
  /** The size of all outputs at the start, between 0 and 1, default 0.5. */
  readonly start?: number
}

export interface GradedRecall {
  /** The outputs at the end [N], between −1 and 1. */
  readonly outputs: Float64Array
  /** The exemplar that their signs are equal to, or the inverse of. */
  readonly match: ExemplarMatch | undefined
  /** The outputs after each step, the start first. */
  readonly history: readonly Float64Array[]
  /** The energy after each step, the start first; it never rises but for the error of a step that is too long. */
  readonly energies: Float64Array
}

/**
 * Recall with graded nodes in continuous time (Hopfield 1984, "Neurons with graded response have collective computational properties like those of two-state neurons"):
 * du_i/dt = −u_i/τ + Σ_j t_ij V_j / N − θ_i with outputs V = tanh(g u), from V = ±`start` with the signs of the pattern.
 *
 * The weights count 1/N, so that gains mean the same for all sizes. E = −½ Σ t_ij V_i V_j / N + Σ θ_i V_i + Σ ∫₀^V_i tanh⁻¹(v) dv / (g τ).
 * @throws ShapeError or RangeError if the pattern does not fit the net or an option is not in its range.
 */
export function gradedRecall(net: HopfieldNet, pattern: Pattern, options: GradedRecallOptions = {}): GradedRecall {
  const { gain = 100, timeConstant = 1, timeStep = 0.05 * timeConstant, steps = 200, start = 0.5 } = options
  checkPositive('gradedRecall', 'gain', gain)
  checkPositive('gradedRecall', 'timeConstant', timeConstant)
  checkPositive('gradedRecall', 'timeStep', timeStep)
  checkCount('gradedRecall', 'steps', steps)
  checkBetween('gradedRecall', 'start', start, 0, 1 - Number.EPSILON)
  const x = readPattern('gradedRecall', pattern, 'bipolar', net.nodes)
  const constants = tensor([gain, timeConstant, timeStep], { dtype: 'float64' })
  const potentials = vector(x.map((value) => (value * Math.atanh(start)) / gain))
  const times = tensor(new Float64Array(steps + 1))
  const relaxed = relax({ weights: net.weights, offsets: net.offsets }, potentials, constants, times)
  const all = relaxed.outputs.dataSync() as Float64Array
  const history = Array.from({ length: steps + 1 }, (_, t) => all.slice(t * net.nodes, (t + 1) * net.nodes))
  const outputs = history.at(-1)!
  const match = net.match(outputs.map((value) => (value >= 0 ? 1 : -1)))
  return { outputs, match, history, energies: relaxed.energies.dataSync() as Float64Array }
}

/** What the net gives at every one of the times, before the step that follows. */
const relax = /* @__PURE__ */ compile(
  ({ weights, offsets }: Couplings, potentials: Tensor, constants: Tensor, times: Tensor) => {
    const [gain, timeConstant, timeStep] = [0, 1, 2].map((place) => constants.select(0, place) as Tensor) as [
      Tensor,
      Tensor,
      Tensor,
    ]
    const nodes = potentials.shape[0]!
    const [, [outputs, energies]] = scan(
      (u: Tensor, _: Tensor) => {
        const V: Tensor = tanh(u.multiply(gain) as Tensor)
        const input: Tensor = weights.matmul(V).divide(nodes)
        const change: Tensor = input.subtract(offsets).subtract(u.divide(timeConstant))
        const coupling: Tensor = V.dot(input).multiply(-0.5).add(offsets.dot(V))
        // ∫₀^V tanh⁻¹ v dv = V tanh⁻¹ V + ½ log(1 − V²), with tanh⁻¹ V = g u; log cosh without overflow.
        const steep: Tensor = u.multiply(gain).absolute()
        const logCosh: Tensor = steep.add(steep.multiply(-2).exp().add(1).log()).subtract(Math.LN2)
        const leak: Tensor = V.multiply(u).multiply(gain).subtract(logCosh).sum().divide(gain.multiply(timeConstant))
        return [u.add(change.multiply(timeStep)) as Tensor, [V, coupling.add(leak) as Tensor] as const]
      },
      potentials,
      times,
    )
    return { outputs: outputs as Tensor, energies: energies as Tensor }
  },
)
