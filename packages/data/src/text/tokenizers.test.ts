import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openFile } from '../readers/open-file.ts'
import { readText } from '../readers/read-lines.ts'
import { BytePairTokenizer } from './byte-pair-tokenizer.ts'
import { CharacterTokenizer } from './character-tokenizer.ts'
import { huggingFaceTokenizer } from './hugging-face-tokenizer.ts'

// Trained and encoded by Hugging Face's tokenizers 0.23: an independent implementation.
const recorded: {
  readonly text: string
  readonly tokenizer: { readonly model: { readonly merges: [string, string][] } }
  readonly encoded: [text: string, tokens: number[]][]
} = JSON.parse(readFileSync(join(import.meta.dirname, '../test/hugging-face-bpe.json'), 'utf8'))

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.lorem())

describe('CharacterTokenizer', () => {
  test('texts of known characters come back', () => {
    fc.assert(
      fc.property(text, (text) => {
        const tokenizer = new CharacterTokenizer(JSON.parse(JSON.stringify(CharacterTokenizer.fit(text))))
        expect(tokenizer.decode(tokenizer.encode(text))).toBe(text)
        expect(tokenizer.vocabularySize).toBe(new Set(text).size)
      }),
    )
  })

  test('characters are code points in their order; others are errors, or unknown', () => {
    const tokenizer = CharacterTokenizer.fit(['b🙂', 'ab'])
    expect([tokenizer.characters, tokenizer.encode('a🙂b')]).toEqual([['a', 'b', '🙂'], Int32Array.of(0, 2, 1)])
    expect(() => tokenizer.encode('ac')).toThrow('"c", character 1 of the text, is none of the 3 known ones')
    expect(() => tokenizer.decode([3])).toThrow('3 is the number of no character; there are 3')
    const lenient = CharacterTokenizer.fit('ab', { unknown: '�' })
    expect([lenient.encode('abc'), lenient.decode([0, 1])]).toEqual([Int32Array.of(1, 2, 0), '�a'])
    expect(new CharacterTokenizer(JSON.parse(JSON.stringify(lenient))).encode('x')).toEqual(Int32Array.of(0))
    expect(() => new CharacterTokenizer({ characters: ['a', 'a'] })).toThrow('twice')
    expect(() => new CharacterTokenizer({ characters: ['a'], unknown: 'b' })).toThrow('none of the characters')
  })
})

describe('BytePairTokenizer', () => {
  const trained = BytePairTokenizer.train(recorded.text, { vocabularySize: 421, specialTokens: ['<|endoftext|>'] })

  test('learns the merges that Hugging Face learns', () => {
    expect(trained.toJSON().merges).toEqual(recorded.tokenizer.model.merges.map((merge) => merge.join(' ')))
    expect(trained.vocabularySize).toBe(421)
  })

  test.for(recorded.encoded)('encodes %j as Hugging Face does, and back', ([sample, tokens]) => {
    for (const tokenizer of [trained, huggingFaceTokenizer(recorded.tokenizer)]) {
      expect([...tokenizer.encode(sample, { special: true })]).toEqual(tokens)
      expect(tokenizer.decode(tokens)).toBe(sample)
    }
  })

  test('any text comes back exactly, also after JSON', () => {
    const tokenizer = new BytePairTokenizer(JSON.parse(JSON.stringify(trained)))
    fc.assert(
      fc.property(text, fc.boolean(), (text, special) => {
        // A surrogate alone is no Unicode text.
        fc.pre(!/\p{Surrogate}/u.test(text))
        const tokens = tokenizer.encode(text, { special })
        expect(tokenizer.decode(tokens)).toBe(text)
        expect(tokens).toEqual(trained.encode(text, { special }))
      }),
      { numRuns: 300 },
    )
    expect(tokenizer.decode(tokenizer.encode('\uFEFFx'))).toBe('\uFEFFx')
  })

  test('special tokens are text unless they are meant', () => {
    const sample = 'a<|endoftext|>'
    expect(trained.encode(sample, { special: true }).at(-1)).toBe(trained.specialTokens.get('<|endoftext|>'))
    expect(trained.encode(sample)).not.toContain(trained.specialTokens.get('<|endoftext|>'))
    expect(trained.decode(trained.encode(sample))).toBe(sample)
  })

  test('training stops where no pair occurs twice, and ends with single words', () => {
    const tokenizer = BytePairTokenizer.train(['aaaa', 'aaaa', 'b'], { vocabularySize: 1000 })
    expect(tokenizer.toJSON().merges).toEqual(['a a', 'aa aa'])
    expect(tokenizer.encode('aaaab')).toHaveLength(2)
  })

  test('bytes within a character are exact as bytes', () => {
    const tokenizer = BytePairTokenizer.train('', { vocabularySize: 256 })
    const tokens = tokenizer.encode('é')
    expect(tokens).toHaveLength(2)
    expect(tokenizer.decode(tokens.subarray(0, 1))).toBe('�')
    expect([...tokenizer.decodeBytes(tokens)]).toEqual([0xc3, 0xa9])
  })

  test('what is no vocabulary is an error that says why', () => {
    expect(() => BytePairTokenizer.train('x', { vocabularySize: 255 })).toThrow('must be at least 256')
    expect(() => trained.decode([9999])).toThrow('there is no token 9999; there are 421')
    const state = trained.toJSON()
    expect(() => new BytePairTokenizer({ ...state, vocabulary: {} })).toThrow('has no token Ā, needed for byte 0')
    expect(() => new BytePairTokenizer({ ...state, merges: ['ab'] })).toThrow('a merge is two tokens')
    expect(() => new BytePairTokenizer({ ...state, merges: ['a 🙂'] })).toThrow('has no token 🙂')
    expect(() => new BytePairTokenizer({ ...state, vocabulary: { ...state.vocabulary, 东: 999 } })).toThrow(
      'stands for no byte',
    )
    expect(() => huggingFaceTokenizer({ model: { type: 'WordPiece', vocab: {} } })).toThrow('model.type WordPiece')
    expect(() => huggingFaceTokenizer(null)).toThrow('is not of a BPE model')
    const { tokenizer } = recorded
    expect(() => huggingFaceTokenizer({ ...tokenizer, normalizer: { type: 'NFC' } })).toThrow('a normalizer (NFC)')
    expect(() => huggingFaceTokenizer({ ...tokenizer, pre_tokenizer: { type: 'Whitespace' } })).toThrow(
      'only ByteLevel',
    )
  })
})

const shakespeare = join(import.meta.dirname, '../../../../../shared/data/tinyshakespeare.txt')

describe.skipIf(!existsSync(shakespeare))('tinyshakespeare (skipped where ../shared/data is absent)', () => {
  test('has 65 characters, and comes back from both tokenizers', async () => {
    const text = await readText(openFile(shakespeare))
    const characters = CharacterTokenizer.fit(text)
    expect([characters.vocabularySize, characters.encode(text).length]).toEqual([65, 1003854])
    const part = text.slice(0, 200_000)
    const pairs = BytePairTokenizer.train(part, { vocabularySize: 512 })
    const tokens = pairs.encode(part)
    expect(pairs.decode(tokens)).toBe(part)
    expect(tokens.length).toBeLessThan(0.55 * part.length)
  })
})
