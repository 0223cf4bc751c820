// A small language, so that what a network writes can be judged: every sentence is right or wrong.
//
//   sentence = noun phrase, verb, "."
//   noun phrase = "the", [adjective], noun, [ "that", noun phrase, transitive verb ]
//
// Noun and verb agree in number, also across a clause in between: "the birds that the king sees sing ." To write that, one must
// remember "birds" for as long as the clause lasts (Elman 1991, "Distributed representations, simple recurrent networks, and
// grammatical structure").

import type { RandomStream } from 'neurite'

const adjectives = ['old', 'small', 'white', 'quiet'] as const
const nouns = ['bird', 'king', 'dog', 'child'] as const
const plurals: Readonly<Record<string, string>> = { child: 'children' }
const verbs = ['sing', 'sleep', 'run', 'laugh'] as const
const transitiveVerbs = ['see', 'hear', 'follow', 'love'] as const

const singularNouns: readonly string[] = nouns
const pluralNouns: readonly string[] = nouns.map((noun) => plurals[noun] ?? `${noun}s`)

/** Every word of the language. */
export const words: ReadonlySet<string> = new Set([
  ...['the', 'that', '.'],
  ...[...adjectives, ...singularNouns, ...pluralNouns],
  ...[...verbs, ...transitiveVerbs].flatMap((verb) => [verb, `${verb}s`]),
])

/** A sentence drawn at random, its words apart by single spaces. */
export function drawSentence(random: RandomStream): string {
  const { text, plural } = drawNounPhrase(random, 2)
  return `${text} ${agreeing(random.pick(verbs), plural)} .`
}

interface NounPhrase {
  readonly text: string
  readonly plural: boolean
}

function drawNounPhrase(random: RandomStream, deepest: number): NounPhrase {
  const plural = random.below(2) === 1
  const adjective = random.below(2) === 1 ? `${random.pick(adjectives)} ` : ''
  const noun = (plural ? pluralNouns : singularNouns)[random.below(nouns.length)]!
  const text = `the ${adjective}${noun}`
  if (deepest === 0 || random.below(2) === 0) return { text, plural }
  const inner = drawNounPhrase(random, deepest - 1)
  return { text: `${text} that ${inner.text} ${agreeing(random.pick(transitiveVerbs), inner.plural)}`, plural }
}

function agreeing(verb: string, plural: boolean): string {
  return plural ? verb : `${verb}s`
}

/** Whether a sentence, without its full stop, is one of the language; clauses may lie in clauses to any depth. */
export function isSentence(text: string): boolean {
  const given = text.trim().split(/\s+/)
  const phrase = readNounPhrase(given, 0)
  return phrase !== undefined && phrase.end === given.length - 1 && agrees(given.at(-1)!, verbs, phrase.plural)
}

/** The noun phrase that begins at a word, and where it ends. */
function readNounPhrase(given: readonly string[], start: number): { plural: boolean; end: number } | undefined {
  if (given[start] !== 'the') return undefined
  let end = start + 1
  if ((adjectives as readonly string[]).includes(given[end] ?? '')) end++
  const noun = given[end] ?? ''
  const plural = pluralNouns.includes(noun)
  if (!plural && !singularNouns.includes(noun)) return undefined
  end++
  if (given[end] !== 'that') return { plural, end }
  const inner = readNounPhrase(given, end + 1)
  if (inner === undefined || !agrees(given[inner.end] ?? '', transitiveVerbs, inner.plural)) return undefined
  return { plural, end: inner.end + 1 }
}

function agrees(word: string, choices: readonly string[], plural: boolean): boolean {
  return choices.some((verb) => agreeing(verb, plural) === word)
}
