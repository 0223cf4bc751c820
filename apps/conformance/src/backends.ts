// What computes the cases.

import { cpuBackend } from '@neurite/backend-cpu'
import { createEvaluator, useBackend } from '@neurite/compiler'
import { installEvaluator, referenceEvaluator } from '@neurite/tensor'

export const backendNames = ['reference', 'cpu'] as const
export type BackendName = (typeof backendNames)[number]

const install: { readonly [Name in BackendName]: () => void } = {
  /** The reference rules: plain loops, without a compiler. */
  reference: () => installEvaluator(referenceEvaluator),
  /** WebAssembly made by the compiler, also for what would be interpreted when it is met once. */
  cpu() {
    const backend = cpuBackend()
    useBackend(backend)
    installEvaluator(createEvaluator(backend))
  },
}

/** Everything that is computed from now on is computed there. */
export function installBackend(name: BackendName): void {
  install[name]()
}
