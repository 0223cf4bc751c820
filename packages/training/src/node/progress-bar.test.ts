import '@neurite/backend-cpu/install'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { Linear, parameters } from '@neurite/layers'
import { meanSquaredError } from '@neurite/losses'
import { SGD } from '@neurite/optimizers'
import { tensor } from '@neurite/tensor'
import { expect, test } from 'vitest'
import { type Callback, Trainer } from '../index.ts'
import { ProgressBar, type ProgressOutput } from './index.ts'

const batch = [tensor([[1]]), tensor([[2]])] as const

async function train(output: ProgressOutput, epochs: number, callbacks: readonly Callback[] = []): Promise<void> {
  const model = new Linear(1, 1)
  const trainer = new Trainer({ model, loss: meanSquaredError, optimizer: new SGD(parameters(model)) })
  await trainer.fit([batch, batch, batch] as never, {
    epochs,
    validation: [batch] as never,
    callbacks: [new ProgressBar({ output }), ...callbacks],
  })
}

/** What stands in a file afterwards. */
async function plainText(epochs: number): Promise<string> {
  let text = ''
  const output = {
    write: (part: string) => {
      text += part
    },
  }
  await train(output, epochs)
  return text
}

test('away from a terminal there is a plain line for each epoch', async () => {
  const number = '\\d\\.[\\de+-]+'
  const line = (epoch: number) => `  epoch ${epoch}/2  loss ${number}  validation loss ${number}  \\d+\\.\\d s\n`
  expect(await plainText(2)).toMatch(new RegExp(`^${line(1)}${line(2)}$`))
})

test('of many epochs ten at most get a line, the last one always', async () => {
  const shown = async (epochs: number): Promise<string[]> => (await plainText(epochs)).match(/(?<=epoch +)\d+/g) ?? []
  expect(await shown(10)).toHaveLength(10)
  expect(await shown(40)).toEqual(['4', '8', '12', '16', '20', '24', '28', '32', '36', '40'])
  expect(await shown(11)).toEqual(['2', '4', '6', '8', '10', '11'])
})

const terminal = () =>
  Object.assign(new PassThrough(), { isTTY: true, columns: 120, cursorTo() {}, clearLine() {}, moveCursor() {} })

test('on a terminal a bar moves with figures, every epoch leaves a line, and the cursor comes back', async () => {
  const output = terminal()
  await train(output, 2, [{ onStep: () => setTimeout(150) }])
  const text: string = output.read().toString()
  expect(text).toMatch(/epoch 1\/2 █+░* \d\/3 {2}loss \d/)
  expect(text.match(/epoch \d\/2 {2}loss .* {2}validation loss .* s\n/g)).toHaveLength(2)
  expect(text.lastIndexOf('\x1b[?25h')).toBeGreaterThan(text.lastIndexOf('\x1b[?25l'))
  expect(text.indexOf('\x1b[?25l')).toBeGreaterThanOrEqual(0)
})

test('an error in the middle leaves the terminal as it was', async () => {
  const output = terminal()
  const failing: Callback = {
    onStep: () => {
      throw new Error('lightning')
    },
  }
  await expect(train(output, 2, [failing])).rejects.toThrow('lightning')
  const text: string = output.read().toString()
  expect(text.lastIndexOf('\x1b[?25h')).toBeGreaterThan(text.lastIndexOf('\x1b[?25l'))
})
