// Values of tensors outside of compiled functions: the graph behind them is compiled once and found again by its structure.

import type { Evaluator, Tensor, TypedArray } from '@neurite/tensor'
import { signatureOf } from '../graph/signature.ts'
import { type Trace, trace } from '../graph/trace.ts'
import type { Backend, Executable } from '../kernel/index.ts'
import type { Bindings } from '../program/binding.ts'
import { buildProgram } from '../program/build-program.ts'
import { SignatureCache } from '../program/signature-cache.ts'
import { rewrite } from '../rewrite/rewrite.ts'
import { knownValue } from './known-value.ts'

// A training step and an evaluation have a handful of graphs each; old ones may go.
const capacity = 256

/** An evaluator that runs every graph as a program of `backend`. */
export function createEvaluator(backend: Backend): Evaluator {
  const executables = new SignatureCache<Executable>(capacity, (executable) => executable.release())

  function executableFor({ graph, leaves }: Trace): Executable {
    const bindings: Bindings = {
      inputs: leaves.map(() => ({ kind: 'argument' })),
      outputCount: graph.roots.length,
      assigned: [],
    }
    return executables.find(signatureOf(graph), bindings, () =>
      backend.prepare(buildProgram(rewrite(graph), bindings), []),
    )
  }

  return {
    async evaluate(roots: readonly Tensor[]): Promise<TypedArray[]> {
      const traced = trace(roots)
      for (const leaf of traced.leaves) await leaf.fetchSource()
      return executableFor(traced).run(traced.leaves.map(knownValue))
    },

    evaluateSync(roots: readonly Tensor[]): TypedArray[] {
      const traced = trace(roots)
      for (const leaf of traced.leaves) leaf.fetchSourceSync()
      const executable = executableFor(traced)
      if (executable.runSync === undefined)
        throw new Error(`The backend '${backend.name}' cannot wait for results: use \`await tensor.data()\`.`)
      return executable.runSync(traced.leaves.map(knownValue))
    },
  }
}
