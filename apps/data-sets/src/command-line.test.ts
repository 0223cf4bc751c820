import { expect, test } from 'vitest'
import { parseCommandLine } from './command-line.ts'

function parse(...args: string[]) {
  let text = ''
  const add = (part: string): void => {
    text += part
  }
  return { options: parseCommandLine(args, { out: add, error: add }), text: () => text }
}

test('everything has a default', () => {
  expect(parse().options).toEqual({})
})

test('folders, names and seeds', () => {
  expect(parse('data', '--held-out', 'kept', '--only', 'iris,mnist', '--seeds', '2').options).toEqual({
    ...{ data: 'data', heldOut: 'kept', only: ['iris', 'mnist'], seeds: 2 },
  })
})

test('complaints and help end it', () => {
  const wrong = parse('--seeds', '0')
  expect(wrong.options).toEqual({ exitCode: 2 })
  expect(wrong.text()).toContain('must be a positive integer')
  const help = parse('--help')
  expect(help.options).toEqual({ exitCode: 0 })
  for (const option of ['--held-out', '--only', '--seeds']) expect(help.text()).toContain(option)
})
