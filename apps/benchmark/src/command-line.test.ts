import { describe, expect, test } from 'vitest'
import { type BenchmarkOptions, parseCommandLine } from './command-line.ts'
import { libraries } from './libraries/index.ts'
import { workloads } from './workloads/index.ts'

function parse(...args: string[]) {
  const messages = { out: '', error: '' }
  const result = parseCommandLine(args, {
    out: (text) => {
      messages.out += text
    },
    error: (text) => {
      messages.error += text
    },
  })
  return { result, ...messages }
}

function names(...args: string[]): string[] {
  return (parse(...args).result as BenchmarkOptions).workloads.map(({ name }) => name)
}

test('without arguments everything is measured, in full', () => {
  expect(parse().result).toEqual({ workloads, libraries, quick: false, list: false })
})

test('--quick, --json, --html and --list', () => {
  expect(parse('--quick', '--json', 'figures.json', '--html', 'figures.html', '--list').result).toEqual({
    workloads,
    libraries,
    quick: true,
    json: 'figures.json',
    html: 'figures.html',
    list: true,
  })
})

describe('--only', () => {
  test('takes one name, several, or the beginning of some', () => {
    expect(names('--only', 'mlp-step')).toEqual(['mlp-step'])
    expect(names('--only', 'gemm')).toEqual(['gemm-256', 'gemm-512', 'gemm-1024'])
    expect(names('--only', 'gemm-512', 'xor-step')).toEqual(['xor-step', 'gemm-512'])
    expect(names('--only', 'gemm-512', '--only', 'xor-step')).toEqual(['xor-step', 'gemm-512'])
  })

  test.each(['gem', 'gemm-51', ''])('%j is no workload: the error names those that are', (name) => {
    const { result, error } = parse('--only', name)
    expect(result).toEqual({ exitCode: 2 })
    expect(error).toContain(`--only ${name}: there is no such workload`)
    for (const { name: known } of workloads) expect(error).toContain(known)
  })
})

function peers(...args: string[]): string[] {
  return (parse(...args).result as BenchmarkOptions).libraries.map(({ name }) => name)
}

describe('--libraries', () => {
  test('takes names or what they begin with; neurite, which all are compared with, is always there', () => {
    expect(peers('--libraries', 'tfjs')).toEqual(['neurite', 'tfjs-wasm', 'tfjs-cpu'])
    expect(peers('--libraries', 'neurite')).toEqual(['neurite', 'neurite-2-threads', 'neurite-exported'])
  })

  test('names what there is', () => {
    const { result, error } = parse('--libraries', 'theano')
    expect(result).toEqual({ exitCode: 2 })
    expect(error).toContain('--libraries theano: there is no such library')
    for (const { name } of libraries) expect(error).toContain(name)
  })
})

test('--pytorch adds PyTorch, of a Python that may be named', () => {
  const pythonOf = (...args: string[]) => (parse(...args).result as BenchmarkOptions).libraries.at(-1)
  expect(pythonOf('--pytorch')).toMatchObject({ name: 'pytorch', python: 'python3' })
  expect(pythonOf('--pytorch', 'my-python')).toMatchObject({ name: 'pytorch', python: 'my-python' })
  expect(peers('--pytorch', '--libraries', 'jax-js')).toEqual(['neurite', 'jax-js', 'pytorch'])
})

test('--help explains every option', () => {
  const { result, out } = parse('--help')
  expect(result).toEqual({ exitCode: 0 })
  for (const option of ['--only', '--libraries', '--pytorch', '--quick', '--json', '--html', '--list'])
    expect(out).toContain(option)
})

test.each([['--fast'], ['--json'], ['gemm-512']])('%s alone is a usage error', (...args) => {
  const { result, error } = parse(...args)
  expect(result).toEqual({ exitCode: 2 })
  expect(error).toContain('--help explains the options')
})
