import { describe, expect, test } from 'vitest'
import { firstUnprinted, readExamples } from './readme-examples.mjs'

const fence = '```'

describe('the examples of a README', () => {
  test('are its ts blocks, with the line they start on', () => {
    const readme = `# a\n${fence}ts\nconst a = 1\n${fence}\ntext\n${fence}sh\nnpm install\n${fence}\n${fence}ts\nconst b = 2\n${fence}\n`
    expect(readExamples(readme)).toEqual([
      { line: 3, code: 'const a = 1\n', prints: [], errors: [] },
      { line: 10, code: 'const b = 2\n', prints: [], errors: [] },
    ])
  })

  test('promise what they print', () => {
    expect(readExamples(`${fence}ts\nconsole.log(1) // → 1\nconsole.log('a b') // → a b\n${fence}`)[0]?.prints).toEqual(
      ['1', 'a b'],
    )
  })

  test('promise an error on its own line or on the code line above', () => {
    const code = `a.b() // error: no such b\na.c()\n// because\n// error: no such c`
    expect(readExamples(`${fence}ts\n${code}\n${fence}`)[0]?.errors).toEqual([
      { line: 1, text: 'no such b' },
      { line: 2, text: 'no such c' },
    ])
  })

  test.each(['js', 'typescript', 'javascript'])('may not hide as %s, which would go unchecked', (language) => {
    expect(() => readExamples(`${fence}${language}\na\n${fence}`)).toThrow(`line 1: write ${fence}ts`)
  })

  test('have an end', () => {
    expect(() => readExamples(`${fence}ts\na`)).toThrow('line 1: the block is never closed')
  })
})

describe('what an example prints', () => {
  test('is compared in order, other lines between allowed', () => {
    expect(firstUnprinted(['a', 'c'], 'a\nb\nc\n')).toBeUndefined()
    expect(firstUnprinted(['c', 'a'], 'a\nb\nc\n')).toBe('a')
    expect(firstUnprinted(['a', 'a'], 'a\nb\n')).toBe('a')
  })

  test('is compared as a whole line; … stands for anything', () => {
    expect(firstUnprinted(['0.69'], '0.6931')).toBe('0.69')
    expect(firstUnprinted(['0.69…'], '0.6931')).toBeUndefined()
    expect(firstUnprinted(['a.c'], 'abc')).toBe('a.c')
  })
})
