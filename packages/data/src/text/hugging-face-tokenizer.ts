import { DataFormatError } from '../data-format-error.ts'
import { BytePairTokenizer } from './byte-pair-tokenizer.ts'

/** What of a `tokenizer.json` matters here. */
interface TokenizerFile {
  readonly model?: {
    readonly type?: string
    readonly vocab?: { readonly [token: string]: number }
    readonly merges?: readonly (string | readonly [string, string])[]
  }
  readonly added_tokens?: readonly { readonly id: number; readonly content: string }[]
  readonly pre_tokenizer?: PreTokenizer | null
  readonly normalizer?: { readonly type?: string } | null
}

interface PreTokenizer {
  readonly type?: string
  readonly add_prefix_space?: boolean
  readonly use_regex?: boolean
}

/**
 * A byte-level BPE tokenizer from Hugging Face's `tokenizer.json`, parsed: GPT-2's and those of its kind.
 * @throws DataFormatError saying what it has that is done otherwise here: another model, normalizer or way to find words.
 */
export function huggingFaceTokenizer(file: unknown): BytePairTokenizer {
  const { model, added_tokens = [], pre_tokenizer, normalizer } = (file ?? {}) as TokenizerFile
  if (model?.vocab === undefined || model.merges === undefined)
    throw new DataFormatError(
      `tokenizer.json: is not of a BPE model: it has model.type ${model?.type ?? 'not given'}, and needs model.vocab and model.merges.`,
    )
  if (normalizer)
    throw new DataFormatError(
      `tokenizer.json: has a normalizer (${normalizer.type}); only tokenizers without one can be loaded.`,
    )
  const isByteLevel =
    pre_tokenizer?.type === 'ByteLevel' && pre_tokenizer.use_regex !== false && !pre_tokenizer.add_prefix_space
  if (!isByteLevel)
    throw new DataFormatError(
      `tokenizer.json: has the pre_tokenizer ${JSON.stringify(pre_tokenizer ?? null)}; only ByteLevel with its own pattern and without a prefix space, as GPT-2's, can be loaded.`,
    )
  return new BytePairTokenizer({
    vocabulary: model.vocab,
    merges: model.merges.map((merge) => (typeof merge === 'string' ? merge : merge.join(' '))),
    specialTokens: Object.fromEntries(added_tokens.map(({ content, id }) => [content, id])),
  })
}
