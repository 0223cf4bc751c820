import { Command, CommanderError, Option } from 'commander'
import { type BackendName, backendNames } from './backends.ts'
import type { FloatDType } from './format/tensors.ts'

export interface ConformanceOptions {
  /** Files and folders of cases; none given: the recorded oracle beside the repository. */
  readonly paths: readonly string[]
  readonly backend: BackendName
  readonly dtype: FloatDType
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
export function parseCommandLine(args: readonly string[], output: MessageOutput): ConformanceOptions | CommandLineStop {
  const command = new Command('conformance')
    .description(
      'Computes recorded cases of PyTorch – values and gradients – and compares. Prints each failure with its operation,\n' +
        'attributes, largest error and where, then the counts. The exit code is 1 if a case failed.',
    )
    .argument('[paths...]', 'files or folders of cases (default: ../shared/oracle, skipped where it is absent)')
    .addOption(new Option('--backend <name>', 'what computes').choices(backendNames).default('cpu'))
    .addOption(new Option('--dtype <dtype>', 'dtype of the floats').choices(['float32', 'float64']).default('float32'))
    .helpOption('-h, --help', 'show this text')
    .showHelpAfterError('(--help explains the options)')
    .configureOutput({ writeOut: output.out, writeErr: output.error })
    .exitOverride()
  try {
    command.parse(args, { from: 'user' })
    return { paths: command.args, ...command.opts<Omit<ConformanceOptions, 'paths'>>() }
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return { exitCode: error.exitCode === 0 ? 0 : usageError }
  }
}
