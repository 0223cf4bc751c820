import { Command, CommanderError, InvalidArgumentError } from 'commander'

export interface DataSetOptions {
  /** Folder of the data sets; the one beside the repository if not given. */
  readonly data?: string
  /** Folder of rows to test on. */
  readonly heldOut?: string
  /** Names of data sets; all of them if not given. */
  readonly only?: readonly string[]
  /** Most seeds to train with. */
  readonly seeds?: number
}

/** What to do instead of running: the exit code after help (0) or a complaint about the arguments (2). */
export interface CommandLineStop {
  readonly exitCode: number
}

export interface MessageOutput {
  out(text: string): void
  error(text: string): void
}

const usageError = 2

/** Reads the arguments after the program's name. Help and complaints go to `output`. */
export function parseCommandLine(args: readonly string[], output: MessageOutput): DataSetOptions | CommandLineStop {
  const command = new Command('data-sets')
    .description(
      'Trains on real data sets with the nets and settings of ../shared/oracle/REFERENCE.md and prints the results beside\n' +
        'those of PyTorch. The exit code is 1 if one of the same test rows lies outside the range there, widened as that page says.',
    )
    .argument('[folder]', 'where the data sets are (default: ../shared/data, skipped where it is absent)')
    .option('--held-out <folder>', 'where files of the same names have rows to test on')
    .option('--only <names>', 'data sets, separated by commas: iris,mnist', (names: string) => names.split(','))
    .option('--seeds <count>', 'seeds to train with, at most (default: as many as the reference)', parseCount)
    .helpOption('-h, --help', 'show this text')
    .showHelpAfterError('(--help explains the options)')
    .configureOutput({ writeOut: output.out, writeErr: output.error })
    .exitOverride()
  try {
    command.parse(args, { from: 'user' })
    const [data] = command.args
    return { ...(data !== undefined && { data }), ...command.opts<Omit<DataSetOptions, 'data'>>() }
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { exitCode: error.exitCode === 0 ? 0 : usageError }
  }
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('it must be a positive integer.')
  return count
}
