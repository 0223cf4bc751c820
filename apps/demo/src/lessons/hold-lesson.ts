import { seed as seedRandomNumbers } from 'neurite'
import pc from 'picocolors'
import type { ProgressOutput } from '../terminal/progress.ts'
import type { Surroundings } from '../terminal/surroundings.ts'
import type { Classroom, Lesson } from './lesson.ts'

const lineWidth = 78

export type LessonOptions = Pick<Classroom, 'seed' | 'minutes' | 'data' | 'picture'> & {
  /** Default 1. */
  readonly effort?: number
}

/** Holds a lesson from its title to its closing sentence; in colour where the output is a terminal. */
export async function holdLesson(lesson: Lesson, options: LessonOptions, surroundings: Surroundings): Promise<void> {
  const { output } = surroundings
  const colors = pc.createColors(output.isTTY === true && pc.isColorSupported)
  seedRandomNumbers(options.seed)
  output.write(`${colors.bold(lesson.title)}\n`)
  const closing = await lesson.teach({
    ...{ effort: 1, ...surroundings, ...options, colors },
    print(...lines) {
      for (const line of lines) output.write(`${`  ${line}`.trimEnd()}\n`)
    },
  })
  output.write(`\n${inLines(closing).map(colors.green).join('\n')}\n`)
}

/** The names of the lessons, and what each shows. */
export function listLessons(lessons: readonly Lesson[], output: ProgressOutput): void {
  const width = Math.max(...lessons.map(({ name }) => name.length))
  for (const { name, summary } of lessons) output.write(`${name.padEnd(width)}  ${summary}\n`)
}

/** Words in lines that fit on a terminal. */
function inLines(text: string): string[] {
  return text.match(new RegExp(`\\S.{0,${lineWidth - 1}}(?=\\s|$)`, 'gu')) ?? []
}
