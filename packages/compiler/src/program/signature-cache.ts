import { type Signature, sameSignature } from '../graph/signature.ts'
import type { Bindings, InputBinding } from './binding.ts'

interface Entry<Value> {
  readonly signature: Signature
  readonly bindings: Bindings
  readonly value: Value
}

/** Values by what a program is made from. The least recently used goes when there are more than `capacity`. */
export class SignatureCache<Value> {
  readonly #capacity: number
  readonly #dropped: (value: Value) => void
  // A Map keeps the order in which its keys were added: an entry that is used is added anew.
  readonly #entries = new Map<number, Entry<Value>[]>()
  #size = 0

  constructor(capacity: number, dropped: (value: Value) => void = () => {}) {
    this.#capacity = capacity
    this.#dropped = dropped
  }

  /** The value for a graph of this signature, made if it is new. */
  find(signature: Signature, bindings: Bindings, make: () => Value): Value {
    const known = this.#entries.get(signature.hash)
    const entry = known?.find((one) => sameSignature(one.signature, signature) && sameBindings(one.bindings, bindings))
    if (known !== undefined && entry !== undefined) {
      this.#entries.delete(signature.hash)
      this.#entries.set(signature.hash, known)
      return entry.value
    }
    const value = make()
    const siblings = known ?? []
    siblings.push({ signature, bindings, value })
    this.#entries.delete(signature.hash)
    this.#entries.set(signature.hash, siblings)
    if (++this.#size > this.#capacity) this.#dropOldest()
    return value
  }

  #dropOldest(): void {
    const [hash, entries] = this.#entries.entries().next().value!
    const { value } = entries.shift()!
    if (entries.length === 0) this.#entries.delete(hash)
    this.#size--
    this.#dropped(value)
  }
}

function sameBindings(a: Bindings, b: Bindings): boolean {
  return (
    a.outputCount === b.outputCount &&
    a.inputs.length === b.inputs.length &&
    a.assigned.length === b.assigned.length &&
    a.assigned.every((state, i) => state === b.assigned[i]) &&
    a.inputs.every((binding, i) => sameBinding(binding, b.inputs[i]!))
  )
}

function sameBinding(a: InputBinding, b: InputBinding): boolean {
  if (a.kind === 'state') return b.kind === 'state' && a.state === b.state
  if (a.kind === 'constant') return b.kind === 'constant' && a.data === b.data
  return b.kind === 'argument'
}
