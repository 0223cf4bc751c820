import { type DemoOptions, parseCommandLine } from './command-line.ts'
import { runDemo } from './demo.ts'
import { DemoError } from './demo-error.ts'
import { holdLesson, listLessons } from './lessons/hold-lesson.ts'
import { lessons } from './lessons/index.ts'
import { Interrupted, interruptedExitCode, listenForInterruption } from './terminal/interruption.ts'

// Whoever reads the output may have seen enough, such as `head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const names = lessons.map(({ name }) => name)
const options = parseCommandLine(process.argv.slice(2), names, {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
})
process.exitCode = 'exitCode' in options ? options.exitCode : await run(options)

async function run(options: DemoOptions): Promise<number> {
  const interruption = listenForInterruption()
  try {
    const surroundings = { output: process.stdout, interruption }
    const lesson = lessons.find(({ name }) => name === options.lesson)
    if (options.list) listLessons(lessons, process.stdout)
    else if (lesson !== undefined) await holdLesson(lesson, options, surroundings)
    else await runDemo(options, surroundings)
    return 0
  } catch (error) {
    if (!(error instanceof DemoError)) throw error
    process.stderr.write(`${error.message}\n`)
    return error instanceof Interrupted ? interruptedExitCode : 1
  } finally {
    interruption.stopListening()
  }
}
