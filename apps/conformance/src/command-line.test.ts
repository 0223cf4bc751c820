import { expect, it } from 'vitest'
import { parseCommandLine } from './command-line.ts'

function parse(...args: string[]): { result: ReturnType<typeof parseCommandLine>; text: string } {
  let text = ''
  const write = (part: string): void => {
    text += part
  }
  return { result: parseCommandLine(args, { out: write, error: write }), text }
}

it('has the cpu backend and float32 by default', () => {
  expect(parse().result).toEqual({ paths: [], backend: 'cpu', dtype: 'float32' })
  expect(parse('a.json', 'b', '--backend', 'reference', '--dtype', 'float64').result).toEqual({
    paths: ['a.json', 'b'],
    backend: 'reference',
    dtype: 'float64',
  })
})

it('explains itself', () => {
  const { result, text } = parse('--help')
  expect(result).toEqual({ exitCode: 0 })
  expect(text).toContain('--backend <name>')
  const wrong = parse('--backend', 'abacus')
  expect(wrong.result).toEqual({ exitCode: 2 })
  expect(wrong.text).toContain('Allowed choices are reference, cpu')
})
