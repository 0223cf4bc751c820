// Values of tensors outside of compiled functions: the graph behind them is compiled once and found again by its structure.

import { type Evaluator, referenceEvaluator, type Tensor, type TypedArray } from '@neurite/tensor'
import { signatureOf } from '../graph/signature.ts'
import { type Trace, trace } from '../graph/trace.ts'
import type { Backend, Executable } from '../kernel/index.ts'
import type { Bindings } from '../program/binding.ts'
import { buildProgram } from '../program/build-program.ts'
import { SignatureCache } from '../program/signature-cache.ts'
import { rewrite } from '../rewrite/rewrite.ts'
import { isExact, isFilled } from './exact-graph.ts'
import { knownValue } from './known-value.ts'

// A training step and an evaluation have a handful of graphs each; old ones may go.
const capacity = 256

export interface EvaluatorOptions {
  /**
   * A graph that is met for the first time is interpreted if it has at most so many elements in all and every backend gives it the same
   * bits: it may never be met again, as that of initial weights, and to compile it takes longer. Default 0: every graph is compiled.
   */
  readonly fewElements?: number
}

/** A graph's executable, once it has been compiled. */
interface Entry {
  executable: Executable | undefined
  isMet: boolean
}

/** An evaluator that runs every graph as a program of `backend`. */
export function createEvaluator(backend: Backend, { fewElements = 0 }: EvaluatorOptions = {}): Evaluator {
  const entries = new SignatureCache<Entry>(capacity, ({ executable }) => executable?.release())

  /** Undefined if the graph is to be interpreted. */
  function executableFor({ graph, leaves }: Trace): Executable | undefined {
    if (isFilled(graph)) return undefined
    const bindings: Bindings = {
      inputs: leaves.map(() => ({ kind: 'argument' })),
      outputCount: graph.roots.length,
      assigned: [],
    }
    const entry = entries.find(signatureOf(graph), bindings, () => ({ executable: undefined, isMet: false }))
    const isNew = !entry.isMet
    entry.isMet = true
    if (isNew && isExact(graph, fewElements)) return undefined
    entry.executable ??= backend.prepare(buildProgram(rewrite(graph), bindings), [])
    return entry.executable
  }

  return {
    async evaluate(roots: readonly Tensor[]): Promise<TypedArray[]> {
      const traced = trace(roots)
      for (const leaf of traced.leaves) await leaf.fetchSource()
      const values = traced.leaves.map(knownValue)
      return executableFor(traced)?.run(values) ?? referenceEvaluator.evaluate(roots)
    },

    evaluateSync(roots: readonly Tensor[]): TypedArray[] {
      const traced = trace(roots)
      for (const leaf of traced.leaves) leaf.fetchSourceSync()
      const values = traced.leaves.map(knownValue)
      const executable = executableFor(traced)
      if (executable === undefined) return referenceEvaluator.evaluateSync!(roots)
      if (executable.runSync === undefined)
        throw new Error(`The backend '${backend.name}' cannot wait for results: use \`await tensor.data()\`.`)
      return executable.runSync(values)
    },
  }
}
