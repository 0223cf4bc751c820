// When are two graphs the same program? When they are written down as the same numbers.

import { dtypes, ScanBody, shapeRules } from '@neurite/tensor'
import type { Graph } from './graph.ts'
import { trace } from './trace.ts'

/** A graph as a row of numbers and a hash of them. Two graphs with equal numbers differ at most in the data of their leaves. */
export interface Signature {
  readonly numbers: readonly number[]
  readonly hash: number
}

const primitiveCode = new Map<string, number>(Object.keys(shapeRules).map((name, code) => [name, code]))
const dtypeCode = new Map<string, number>(dtypes.map((name, code) => [name, code]))

export function signatureOf(graph: Graph): Signature {
  const numbers: number[] = [graph.roots.length, ...graph.roots]
  for (const node of graph.nodes) {
    const { inputs, shape } = node
    numbers.push(primitiveCode.get(node.primitive)!, dtypeCode.get(node.dtype)!)
    numbers.push(inputs.length, ...inputs, shape.length, ...shape)
    for (const value of Object.values(node.attributes)) pushAttribute(numbers, value)
  }
  return { numbers, hash: hashOf(numbers) }
}

export function sameSignature(a: Signature, b: Signature): boolean {
  if (a.hash !== b.hash || a.numbers.length !== b.numbers.length) return false
  for (let i = 0; i < a.numbers.length; i++) if (!Object.is(a.numbers[i], b.numbers[i])) return false
  return true
}

function pushAttribute(numbers: number[], value: unknown): void {
  if (typeof value === 'number') numbers.push(value)
  else if (typeof value === 'string') pushText(numbers, value)
  else if (Array.isArray(value)) {
    numbers.push(value.length)
    for (const element of value) pushAttribute(numbers, element)
  } else if (value instanceof ScanBody) pushBody(numbers, value)
  else throw new Error(`signatureOf: an attribute is neither a number, a string nor a list: ${String(value)}`)
}

function pushText(numbers: number[], text: string): void {
  numbers.push(-1, text.length)
  for (let i = 0; i < text.length; i++) numbers.push(text.charCodeAt(i))
}

/** The graph of a loop's step, and which leaf is which. */
function pushBody(numbers: number[], body: ScanBody): void {
  const { graph, leaves } = trace([...body.nextCarries, ...body.outputs])
  const places = new Map(body.leaves.map((leaf, place) => [leaf, place]))
  numbers.push(body.length, Number(body.isReversed), body.carries.length, body.elements.length, body.invariants.length)
  for (const leaf of leaves) numbers.push(places.get(leaf) ?? -1)
  for (const number of signatureOf(graph).numbers) numbers.push(number)
}

const float = new Float64Array(1)
const words = new Int32Array(float.buffer)

// FNV-1a over the bits of each number, word by word (Fowler, Noll & Vo 1991).
function hashOf(numbers: readonly number[]): number {
  let hash = 0x811c9dc5 | 0
  for (let i = 0; i < numbers.length; i++) {
    float[0] = numbers[i]!
    hash = Math.imul(hash ^ words[0]!, 0x01000193)
    hash = Math.imul(hash ^ words[1]!, 0x01000193)
  }
  return hash
}
