import { parseCommandLine } from './command-line.ts'
import { runDemo } from './demo.ts'
import { DemoError } from './demo-error.ts'
import { Interrupted, interruptedExitCode, listenForInterruption } from './interruption.ts'

const options = parseCommandLine(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
})

if ('exitCode' in options) process.exitCode = options.exitCode
else process.exitCode = await run(options)

async function run(demoOptions: Parameters<typeof runDemo>[0]): Promise<number> {
  const interruption = listenForInterruption()
  try {
    await runDemo(demoOptions, process.stdout, () => interruption.check())
    return 0
  } catch (error) {
    if (!(error instanceof DemoError)) throw error
    process.stderr.write(`${error.message}\n`)
    return error instanceof Interrupted ? interruptedExitCode : 1
  } finally {
    interruption.stopListening()
  }
}
