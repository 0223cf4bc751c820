import { readFile } from 'node:fs/promises'
import { RandomStream } from 'neurite'
import { DemoError } from '../demo-error.ts'
import { Alphabet, CharacterNetwork, learner, write } from '../sentences/character-network.ts'
import { drawSentence, isSentence } from '../sentences/grammar.ts'
import { type Classroom, forSeconds, type Lesson } from './lesson.ts'
import { percent } from './percent.ts'

const [drawnSentences, writtenCharacters, lineWidth, shortestText] = [4000, 600, 74, 1000]

/** Long short-term memory (Hochreiter & Schmidhuber 1997). */
export const sequence: Lesson = {
  name: 'sequence',
  title: 'A net that writes: LSTM',
  summary: 'an LSTM writes after each minute (--data: a text of your own; --minutes)',
  async teach(classroom) {
    const text = await textFor(classroom)
    const alphabet = new Alphabet(text)
    const network = new CharacterNetwork(alphabet.size)
    const learn = learner(network, alphabet.encode(text), classroom.seed)
    classroom.print(`${text.length.toLocaleString('en')} characters, ${alphabet.size} different ones, such as:`, '')
    classroom.print(...wrapped(text.slice(0, 2 * lineWidth)), '')
    const judgements: string[] = []
    for (let minute = 1; minute <= classroom.minutes; minute++) {
      await forSeconds(classroom, 60 * classroom.effort, async (number) => {
        const loss = await learn()
        return () => `minute ${minute}  step ${number}  ${loss.toFixed(3)} nats a character`
      })
      const written = await write(network, alphabet, {
        ...{ beginning: firstLine(text), length: writtenCharacters, seed: classroom.seed },
      })
      judgements.push(judged(written, text, classroom.data === undefined))
      classroom.print('', ...wrapped(written.slice(0, 3 * lineWidth)), '', `${judgements.at(-1)}.`, '')
    }
    return `From single characters the net came to write words and then sentences; at the end, ${judgements.at(-1)}.`
  },
}

function firstLine(text: string): string {
  return text.slice(0, Math.min(text.indexOf('\n') + 1, 3 * lineWidth) || lineWidth)
}

/** @throws DemoError if the file cannot be read or is too short. */
async function textFor({ data, seed }: Classroom): Promise<string> {
  if (data === undefined) {
    const random = new RandomStream(seed)
    return Array.from({ length: drawnSentences }, () => drawSentence(random)).join('\n')
  }
  const text = await readFile(data, 'utf8').catch((error: Error) => {
    throw new DemoError(`--data ${data}: ${error.message}`)
  })
  if (text.length < shortestText)
    throw new DemoError(
      `--data ${data}: the text has ${text.length} characters; to learn from it takes ${shortestText} or more.`,
    )
  return text
}

/** How much of what was written is right: sentences, where the language is known, otherwise words. */
function judged(written: string, text: string, isDrawn: boolean): string {
  if (!isDrawn) {
    const known = new Set(text.split(/\s+/))
    const found = written.split(/\s+/).slice(1, -1)
    return `${percent(share(found, (word) => known.has(word)))} of its words occur in the text`
  }
  // The first and the last one may have been cut.
  const sentences = written.split('.').slice(1, -1)
  return `${percent(share(sentences, isSentence))} of its sentences are right, agreement of nouns and verbs included`
}

function share<Item>(items: readonly Item[], isRight: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(isRight).length / items.length
}

function wrapped(text: string): string[] {
  return text.split('\n').flatMap((line) => line.match(new RegExp(`.{1,${lineWidth}}`, 'gsu')) ?? [])
}
