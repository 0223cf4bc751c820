import { Command, CommanderError } from 'commander'
import { libraries, pytorchEntry, pytorchName } from './libraries/index.ts'
import type { LibraryEntry } from './libraries/library.ts'
import { workloads } from './workloads/index.ts'
import type { Workload } from './workloads/workload.ts'

export interface BenchmarkOptions {
  /** At least one. */
  readonly workloads: readonly Workload[]
  /** The first one is neurite, which the others are compared with. */
  readonly libraries: readonly LibraryEntry[]
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
    .option('--libraries <name...>', 'beside neurite only these: a name, or its beginning (--list shows them)')
    .option('--pytorch [python]', 'PyTorch too, of this Python (default: python3)')
    .option('--quick', 'fewer and shorter samples', false)
    .option('--json <file>', 'keep all measurements, and what they were made on, in this file')
    .option('--html <file>', 'write a page with bars for every workload to this file')
    .option('--list', 'show the workloads and libraries', false)
    .helpOption('-h, --help', 'show this text')
    .showHelpAfterError('(--help explains the options)')
    .allowExcessArguments(false)
    .configureOutput({ writeOut: output.out, writeErr: output.error })
    .exitOverride()
  try {
    const { only, libraries: names, pytorch, ...options } = command.parse(args, { from: 'user' }).opts()
    const entries =
      pytorch === undefined ? libraries : [...libraries, pytorchEntry(pytorch === true ? 'python3' : pytorch)]
    return {
      ...options,
      workloads: select(command, '--only', 'workload', workloads, only),
      libraries: selectLibraries(command, entries, names),
    } as BenchmarkOptions
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { exitCode: error.exitCode === 0 ? 0 : usageError }
  }
}

/** Those whose names are among the asked, or begin with one of them. */
function select<Named extends { readonly name: string }>(
  command: Command,
  option: string,
  kind: string,
  all: readonly Named[],
  names: readonly string[] | undefined,
): readonly Named[] {
  if (names === undefined) return all
  const means = (asked: string, { name }: Named): boolean => name === asked || name.startsWith(`${asked}-`)
  const unknown = names.find((asked) => !all.some((one) => means(asked, one)))
  if (unknown !== undefined)
    command.error(
      `error: ${option} ${unknown}: there is no such ${kind}; there are ${all.map(({ name }) => name).join(', ')}.`,
    )
  return all.filter((one) => names.some((asked) => means(asked, one)))
}

/** PyTorch is there if it was asked for by its own option. */
function selectLibraries(
  command: Command,
  [first, ...peers]: readonly LibraryEntry[],
  names: readonly string[] | undefined,
): readonly LibraryEntry[] {
  const isPytorch = ({ name }: LibraryEntry): boolean => name === pytorchName
  const chosen = select(command, '--libraries', 'library', [first!, ...peers], names)
  return [first!, ...peers.filter((peer) => chosen.includes(peer) || isPytorch(peer))]
}
