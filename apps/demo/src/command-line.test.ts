import { expect, test } from 'vitest'
import { parseCommandLine } from './command-line.ts'

function parse(...args: string[]): { result: ReturnType<typeof parseCommandLine>; out: string; error: string } {
  let out = ''
  let error = ''
  const result = parseCommandLine(args, ['xor', 'hopfield'], {
    out: (text) => {
      out += text
    },
    error: (text) => {
      error += text
    },
  })
  return { result, out, error }
}

test('without arguments the defaults hold', () => {
  expect(parse().result).toEqual({ seed: 1, epochs: 8, minutes: 2, list: false })
})

test('every option is read', () => {
  expect(parse('--data', 'mnist', '--seed', '0', '--epochs', '3', '--save=w.safetensors').result).toEqual({
    data: 'mnist',
    seed: 0,
    epochs: 3,
    save: 'w.safetensors',
    minutes: 2,
    list: false,
  })
})

test('a lesson is one of those there are, and takes no options of the demo', () => {
  const { result } = parse('--lesson', 'hopfield', '--minutes', '5')
  expect(result).toMatchObject({ lesson: 'hopfield', minutes: 5 })
  const unknown = parse('--lesson', 'hopfeld')
  expect(unknown.result).toEqual({ exitCode: 2 })
  expect(unknown.error).toContain('Allowed choices are xor, hopfield')
  expect(parse('--lesson', 'xor', '--save', 'w').result).toEqual({ exitCode: 2 })
  expect(parse('--list').result).toMatchObject({ list: true })
})

test('help goes to the output and names every option', () => {
  const { result, out, error } = parse('--help')
  expect(result).toEqual({ exitCode: 0 })
  expect(error).toBe('')
  for (const option of ['--data', '--seed', '--epochs', '--save', '--help']) expect(out).toContain(option)
})

test.each([
  [['--sed', '1'], "unknown option '--sed'"],
  [['extra'], 'too many arguments'],
  [['--data'], 'argument missing'],
  [['--seed', '-1'], 'integer from 0 to 4294967295'],
  [['--seed', '1.5'], 'integer from 0'],
  [['--seed', '4294967296'], 'integer from 0'],
  [['--seed', 'one'], 'integer from 0'],
  [['--epochs', '0'], 'integer from 1 to 1000'],
  [['--epochs', '1e2'], 'integer from 1 to 1000'],
  [['--epochs', '99999999999999999999'], 'integer from 1 to 1000'],
])('%j is an error with exit code 2', (args, message) => {
  const { result, out, error } = parse(...args)
  expect(result).toEqual({ exitCode: 2 })
  expect(out).toBe('')
  expect(error).toContain(message)
})
