// What has been computed into locals and is still valid. A scope is opened where code may be skipped or repeated.

import type { Scalar } from '@neurite/compiler/kernel'
import type { FunctionWriter, Local } from '../wasm/function-writer.ts'
import type { ValueType } from '../wasm/value-type.ts'

/** A sum of some terms of an index (bit n: the n-th), in a local. */
export interface PartialSum {
  readonly local: Local
  readonly terms: number
}

/** Tables of locals by what they hold; made when they are needed, since most scopes hold little. */
interface Scope {
  /** One element, by node. */
  scalars?: Map<Scalar, Local>
  /** Four equal lanes, by node. */
  splats?: Map<Scalar, Local>
  /** Whether a guard's conditions hold, by guard. */
  tests?: Map<Scalar, Local>
  /** Four neighbouring points, by chunk and node. */
  vectors?: Map<Scalar, Local>[]
  /** Parts of indices, by owner. */
  sums?: Map<object, PartialSum>
  /** Quotients, remainders, looked-up indices and multiples of counters, by text. */
  indices?: Map<string, Local>
  readonly owned: Local[]
}

type LocalTable = 'scalars' | 'splats' | 'tests'

export class Scopes {
  readonly #code: FunctionWriter
  #innermost: Scope = { owned: [] }
  readonly #open: Scope[] = [this.#innermost]

  constructor(code: FunctionWriter) {
    this.#code = code
  }

  push(): void {
    this.#innermost = { owned: [] }
    this.#open.push(this.#innermost)
  }

  /** Forgets what was computed since the scope was opened; its locals may be used again. */
  pop(): void {
    const { owned } = this.#open.pop()!
    for (let i = 0; i < owned.length; i++) this.#code.release(owned[i]!)
    this.#innermost = this.#open.at(-1)!
  }

  /** A local that lives as long as the innermost scope. */
  local(type: ValueType): Local {
    const local = this.#code.local(type)
    this.#innermost.owned.push(local)
    return local
  }

  find(table: LocalTable, node: Scalar): Local | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const local = this.#open[i]![table]?.get(node)
      if (local !== undefined) return local
    }
    return undefined
  }

  /** Pops the value into a local, where `find` will find it. */
  keep(table: LocalTable, node: Scalar, type: ValueType): Local {
    const local = this.local(type)
    this.#code.set(local)
    const scope = this.#innermost
    scope[table] ??= new Map()
    scope[table].set(node, local)
    return local
  }

  findVector(node: Scalar, chunk: number): Local | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const local = this.#open[i]!.vectors?.[chunk]?.get(node)
      if (local !== undefined) return local
    }
    return undefined
  }

  keepVector(node: Scalar, chunk: number): Local {
    const local = this.local('v128')
    this.#code.set(local)
    const scope = this.#innermost
    scope.vectors ??= []
    scope.vectors[chunk] ??= new Map()
    scope.vectors[chunk].set(node, local)
    return local
  }

  findSum(owner: object): PartialSum | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const sum = this.#open[i]!.sums?.get(owner)
      if (sum !== undefined) return sum
    }
    return undefined
  }

  keepSum(owner: object, terms: number): void {
    const local = this.local('i32')
    this.#code.set(local)
    const scope = this.#innermost
    scope.sums ??= new Map()
    scope.sums.set(owner, { local, terms })
  }

  findIndex(key: string): Local | undefined {
    for (let i = this.#open.length - 1; i >= 0; i--) {
      const local = this.#open[i]!.indices?.get(key)
      if (local !== undefined) return local
    }
    return undefined
  }

  keepIndex(key: string): Local {
    const local = this.local('i32')
    this.#code.set(local)
    const scope = this.#innermost
    scope.indices ??= new Map()
    scope.indices.set(key, local)
    return local
  }
}
