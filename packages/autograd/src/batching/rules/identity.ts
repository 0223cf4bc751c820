import { bind, CustomGradient, type IdentityName, type Tensor } from '@neurite/tensor'
import type { Batch, BatchRules } from '../rule.ts'

export const identityBatching: BatchRules<IdentityName> = {
  stopGradient: ([x]) => bind('stopGradient', [x!.tensor], {}),

  customGradient: (operands, { attributes: { call, place } }, batch) => {
    const differs = operands.map(({ isBatched }, i) => i < call.resultCount || isBatched)
    const inputs = operands.map((operand, i) => (differs[i] ? batch.withAxis(operand) : operand.tensor))
    return bind('customGradient', inputs, { call: callOverExamples(call, differs, batch), place })
  },

  barrier: ([value, ...others], _, batch) =>
    bind('barrier', [batch.withAxis(value!), ...others.map(({ tensor }) => tensor)], {}),
}

// One call for all results, and the same one each time.
const known = new WeakMap<CustomGradient, Map<string, CustomGradient>>()

/** The call for many examples; what its rule gives for an argument that they share is the sum over all of them. */
function callOverExamples(call: CustomGradient, differs: readonly boolean[], batch: Batch): CustomGradient {
  const versions = known.get(call) ?? new Map<string, CustomGradient>()
  known.set(call, versions)
  const key = `${batch.size} ${differs.map(Number).join('')}`
  const version = versions.get(key) ?? new CustomGradient(call.resultCount, pullBack)
  versions.set(key, version)
  return version

  function pullBack(
    cotangents: readonly Tensor[],
    results: readonly Tensor[],
    args: readonly Tensor[],
  ): readonly (Tensor | null)[] {
    const sources: Tensor[] = []
    const operands: Tensor[] = []
    const example = (tensor: Tensor, isBatched = true): Tensor => {
      if (!isBatched) return tensor
      const leaf = bind('input', [], { shape: tensor.shape.slice(1), dtype: tensor.dtype })
      sources.push(leaf)
      operands.push(tensor)
      return leaf
    }
    const areBatched = differs.slice(call.resultCount)
    const pulled = call.pullBack(
      cotangents.map((tensor) => example(tensor)),
      results.map((tensor) => example(tensor)),
      args.map((tensor, i) => example(tensor, areBatched[i])),
    )
    const there = pulled.filter((found) => found !== null)
    const stacked = batch.through(sources, operands, there).map((operand) => batch.withAxis(operand))
    let place = 0
    return pulled.map((found, i) => {
      if (found === null) return null
      const ofExamples = stacked[place++]!
      return areBatched[i] ? ofExamples : ofExamples.sum(0)
    })
  }
}
