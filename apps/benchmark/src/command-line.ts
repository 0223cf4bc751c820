import { Command, CommanderError } from 'commander'
import { workloads } from './workloads/index.ts'
import type { Workload } from './workloads/workload.ts'

export interface BenchmarkOptions {
  /** At least one. */
  readonly workloads: readonly Workload[]
  /** Less time on everything. */
  readonly quick: boolean
  /** File for all measurements. */
  readonly json?: string
  /** File for the report as a page. */
  readonly html?: string
  /** Show what can be measured, and measure nothing. */
  readonly list: boolean
}

/** What to do instead of measuring: show help (exit code 0) or say what is wrong with the arguments (2). */
export interface CommandLineStop {
  readonly exitCode: number
}

const usageError = 2

/** Where messages about the command line go. */
export interface MessageOutput {
  out(text: string): void
  error(text: string): void
}

/** Reads the arguments after the program's name. Help and complaints go to `output`. */
export function parseCommandLine(args: readonly string[], output: MessageOutput): BenchmarkOptions | CommandLineStop {
  const command = new Command('benchmark')
    .description(
      'Times neurite beside other libraries on the same work, in one run and in turn. Their results must agree first.\n' +
        'Prints a line of JSON for every measurement, and a table in the end.',
    )
    .option('--only <name...>', 'only workloads whose name is this or begins with it (--list shows them)')
    .option('--quick', 'fewer and shorter samples', false)
    .option('--json <file>', 'keep all measurements, and what they were made on, in this file')
    .option('--html <file>', 'write a page with bars for every workload to this file')
    .option('--list', 'show the workloads', false)
    .helpOption('-h, --help', 'show this text')
    .showHelpAfterError('(--help explains the options)')
    .allowExcessArguments(false)
    .configureOutput({ writeOut: output.out, writeErr: output.error })
    .exitOverride()
  try {
    const { only, ...options } = command.parse(args, { from: 'user' }).opts()
    return { ...options, workloads: selectWorkloads(command, only) } as BenchmarkOptions
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { exitCode: error.exitCode === 0 ? 0 : usageError }
  }
}

function selectWorkloads(command: Command, only: readonly string[] | undefined): readonly Workload[] {
  if (only === undefined) return workloads
  const means = (asked: string, { name }: Workload): boolean => name === asked || name.startsWith(`${asked}-`)
  const unknown = only.find((asked) => !workloads.some((workload) => means(asked, workload)))
  if (unknown !== undefined)
    command.error(
      `error: --only ${unknown}: there is no such workload; there are ${workloads.map(({ name }) => name).join(', ')}.`,
    )
  return workloads.filter((workload) => only.some((asked) => means(asked, workload)))
}
