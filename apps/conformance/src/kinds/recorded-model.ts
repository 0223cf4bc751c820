// The models of training cases, made of the layers and functions of the vocabulary.

import { type Module, Parameter } from '@neurite/layers'
import { ones, type Tensor, triu, zeros } from '@neurite/tensor'
import type { Attributes } from '../format/recorded.ts'
import { operations } from '../vocabulary/index.ts'
import { callLayer, layers, makeLayer } from '../vocabulary/layers.ts'
import { lookUp } from '../vocabulary/operation.ts'
import { listOf } from './function-case.ts'

/** A named layer is a module; a line without a name is a function. */
type LayerLine = readonly [name: string | null, op: string, attributes: Attributes]

export interface SequentialDescription {
  readonly type: 'sequential'
  readonly layers: readonly LayerLine[]
}

export interface TransformerDescription {
  readonly type: 'transformer'
  readonly vocab: number
  readonly d: number
  readonly heads: number
  readonly ff: number
  readonly depth: number
  readonly length: number
}

export type ModelDescription = SequentialDescription | TransformerDescription

/** @throws UnknownWordError or MissingWordError where a part of it cannot be had. */
export function makeModel(description: ModelDescription): Module {
  return description.type === 'sequential' ? new SequentialModel(description.layers) : new TransformerModel(description)
}

/** A layer together with the word it was made from. */
class Part {
  readonly #op: string
  readonly #attributes: Attributes
  readonly layer: object

  constructor(op: string, attributes: Attributes) {
    this.#op = op
    this.#attributes = attributes
    this.layer = makeLayer(lookUp(layers, op), attributes)
  }

  /** The first output, which goes on. */
  apply(inputs: Readonly<Record<string, Tensor>>): Tensor {
    return listOf(callLayer(lookUp(layers, this.#op), this.layer, inputs, this.#attributes))[0]!
  }
}

/** Its named layers are fields, so that the parameters have the names of the case. */
class SequentialModel implements Module {
  readonly #stages: readonly ((x: Tensor) => Tensor)[]
  readonly [name: string]: unknown

  constructor(lines: readonly LayerLine[]) {
    this.#stages = lines.map(([name, op, attributes]) => {
      if (name === null) return (x) => listOf(lookUp(operations, op)({ input: x }, attributes))[0]!
      const part = new Part(op, attributes)
      Object.assign(this, { [name]: part.layer })
      return (x) => part.apply({ input: x })
    })
  }

  forward(input: Tensor): Tensor {
    return this.#stages.reduce((x, stage) => stage(x), input)
  }
}

/** Embedding plus learned positions, pre-norm encoder layers under a causal mask, layer normalization, a linear head. */
class TransformerModel implements Module {
  readonly #parts: Readonly<Record<'embed' | 'ln' | 'head', Part>>
  readonly #blocks: readonly Part[]
  readonly #length: number
  readonly pos: Parameter
  readonly [name: string]: unknown

  constructor({ vocab, d, heads, ff, depth, length }: TransformerDescription) {
    const block = {
      d_model: d,
      nhead: heads,
      dim_feedforward: ff,
      dropout: 0,
      activation: 'gelu',
      batch_first: true,
      norm_first: true,
    }
    this.#parts = {
      embed: new Part('Embedding', { num_embeddings: vocab, embedding_dim: d }),
      ln: new Part('LayerNorm', { normalized_shape: [d] }),
      head: new Part('Linear', { in_features: d, out_features: vocab }),
    }
    this.#blocks = Array.from({ length: depth }, () => new Part('TransformerEncoderLayer', block))
    this.#length = length
    this.pos = new Parameter(zeros([length, d]))
    for (const [name, { layer }] of Object.entries(this.#parts)) Object.assign(this, { [name]: layer })
    this.#blocks.forEach(({ layer }, i) => {
      Object.assign(this, { [`block${i}`]: layer })
    })
  }

  forward(tokens: Tensor): Tensor {
    const { embed, ln, head } = this.#parts
    // True where a position may not attend: to all behind it.
    const mask: Tensor = triu(ones([this.#length, this.#length]), { diagonal: 1 }).cast('bool')
    const embedded = embed.apply({ input: tokens }).add(this.pos.value)
    const encoded = this.#blocks.reduce((x, block) => block.apply({ src: x, src_mask: mask }), embedded)
    return head.apply({ input: ln.apply({ input: encoded }) })
  }
}
