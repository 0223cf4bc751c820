import { appendFile, mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Callback, Run } from '../callbacks/callback.ts'
import type { AnyFigures, EpochRecord } from '../trainer/figures.ts'
import { type Event, encodeEvent, fileVersion } from './tensor-board-events.ts'

let opened = 0

/**
 * Figures for TensorBoard (`tensorboard --logdir FOLDER`): training/loss, validation/accuracy, …, learning rate, one point an epoch, at
 * the epoch's number. Every call of `fit` writes a file of its own; after a resumption TensorBoard drops what an earlier file says of
 * later epochs. Figures that are no single numbers are left out, or shown one by one (recall/0, recall/1, …) where they are a list.
 */
export class TensorBoardLog implements Callback {
  readonly #folder: string
  #path: string | undefined

  constructor(folder: string) {
    this.#folder = folder
  }

  async onFitStart({ history }: Run): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const seconds = Math.floor(Date.now() / 1000)
    this.#path = join(this.#folder, `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${opened++}`)
    await this.#append({ wallTime: Date.now() / 1000, step: 0, fileVersion })
    const step = history.length === 0 ? 0 : history.at(-1)!.epoch + 1
    await this.#append({ wallTime: Date.now() / 1000, step, sessionStarts: true })
  }

  async onEpochEnd(_: Run, { epoch, learningRate, training, validation }: EpochRecord): Promise<void> {
    const scalars = {
      'learning rate': learningRate,
      ...scalarsOf('training', training),
      ...scalarsOf('validation', validation),
    }
    await this.#append({ wallTime: Date.now() / 1000, step: epoch, scalars })
  }

  async #append(event: Event): Promise<void> {
    await appendFile(this.#path!, encodeEvent(event))
  }
}

function scalarsOf(part: string, figures: AnyFigures | undefined): Record<string, number> {
  const entries = Object.entries(figures ?? {}).flatMap(([name, figure]): [string, number][] => {
    if (typeof figure === 'number') return [[`${part}/${name}`, figure]]
    return figure.flatMap((value, i): [string, number][] =>
      typeof value === 'number' ? [[`${part}/${name}/${i}`, value]] : [],
    )
  })
  return Object.fromEntries(entries)
}
