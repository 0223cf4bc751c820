import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'

export interface DemoOptions {
  /** The lesson to hold instead of the demo. */
  readonly lesson?: string
  /** Show the lessons, and hold none. */
  readonly list: boolean
  /** Folder with MNIST-format files, or what else the lesson takes; drawn digits without it. */
  readonly data?: string
  readonly seed: number
  /** For how many minutes the lesson `sequence` learns. */
  readonly minutes: number
  /** File for the picture that the lesson `detection` makes. */
  readonly picture?: string
  readonly epochs: number
  /** Where the weights shall stay; a temporary file without it. */
  readonly save?: string
}

/** What to do instead of running the demo: show help (exit code 0) or say what is wrong with the arguments (2). */
export interface CommandLineStop {
  readonly exitCode: number
}

const usageError = 2
const largestSeed = 2 ** 32 - 1
const mostEpochs = 1000
const mostMinutes = 600

/** Where messages about the command line go. */
export interface MessageOutput {
  out(text: string): void
  error(text: string): void
}

/** Reads the arguments after the program's name; `lessons` are the names there are. Help and complaints go to `output`. */
export function parseCommandLine(
  args: readonly string[],
  lessons: readonly string[],
  output: MessageOutput,
): DemoOptions | CommandLineStop {
  const command = new Command('demo')
    .description(
      'Trains two networks in the terminal, on the CPU: XOR, and a convolutional classifier of handwritten digits.\n' +
        'Shows what they learned, saves the weights and proves that the loaded ones give the same answers.\n' +
        'With --lesson, holds a lesson of the course instead.',
    )
    .addOption(
      new Option('--lesson <name>', 'hold a lesson (--list shows them)').choices(lessons).conflicts(['epochs', 'save']),
    )
    .option('--list', 'show the lessons', false)
    .option(
      '--data <path>',
      'train on the MNIST-format IDX files in this folder, plain or .gz (default: digits that neurite draws); ' +
        'for the lesson sequence: a text file',
    )
    .option(
      '--seed <integer>',
      'start of all random numbers; the same seed repeats a run',
      integerUpTo(0, largestSeed),
      1,
    )
    .option('--epochs <integer>', 'passes over the training digits', integerUpTo(1, mostEpochs), 8)
    .option('--minutes <integer>', 'how long the lesson sequence learns', integerUpTo(1, mostMinutes), 2)
    .option('--picture <file>', "keep a picture of the lesson detection's answers in this PNG file")
    .option('--save <file>', "keep the digit classifier's weights in this safetensors file")
    .helpOption('-h, --help', 'show this text')
    .showHelpAfterError('(--help explains the options)')
    .allowExcessArguments(false)
    .configureOutput({ writeOut: output.out, writeErr: output.error })
    .exitOverride()
  try {
    return command.parse(args, { from: 'user' }).opts<DemoOptions>()
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { exitCode: error.exitCode === 0 ? 0 : usageError }
  }
}

function integerUpTo(smallest: number, largest: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < smallest || value > largest)
      throw new InvalidArgumentError(`It must be an integer from ${smallest} to ${largest}.`)
    return value
  }
}
