import fc from 'fast-check'
import { expect, test } from 'vitest'
import { SafetensorsError } from './errors.ts'
import { parseStrictJson } from './strict-json.ts'

test('JSON whose numbers are integers is read as JSON.parse reads it', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'binary' }),
      fc.nat(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value')),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { noNullPrototype: true }),
    ),
  })).value
  fc.assert(
    fc.property(value, fc.nat(4), (content, indent) => {
      const text = JSON.stringify(content, null, indent)
      expect(parseStrictJson(text)).toEqual(JSON.parse(text))
    }),
    { numRuns: 50 },
  )
})

test.each([
  ['{"a":1,"a":2}', '"a"'],
  ['{"a":1,"\\u0061":2}', '"a"'],
  ['{"a":{"b":1,"c":[{"b":1}],"b":2}}', '"b"'],
  ['[{"a:":1,"a:":2}]', '"a:"'],
  ['{"\\"":1 , "\\"" :2}', '"\\""'],
  ['{"__proto__":1,"__proto__":2}', '"__proto__"'],
])('the duplicate key of %s is an error that names it', (text, key) => {
  expect(() => parseStrictJson(text)).toThrow(`names ${key} twice`)
})

test.each(['{"a":{"a":1},"b":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"\\"a\\":"}', '{"\\\\":1,"\\\\\\\\":2}'])(
  'keys of different objects may agree: %s',
  (text) => expect(parseStrictJson(text)).toEqual(JSON.parse(text)),
)

test.each(['-1', '[1.0]', '[1e3]', '{"a":1E2}', '[0,-0]', '10.5'])('the number in %s is refused', (text) => {
  expect(() => parseStrictJson(text)).toThrow('only non-negative integers')
})

test.each(['', '{', '{"a":}', '{"a":1,}', '01', 'NaN', "{'a':1}", '{} {}', '"\n"'])('%j is no JSON', (text) => {
  expect(() => parseStrictJson(text)).toThrow('no valid JSON')
})

test('nesting a hundred thousand deep is read or refused, and does not crash', () => {
  const text = '['.repeat(1e5) + ']'.repeat(1e5)
  try {
    parseStrictJson(text)
  } catch (error) {
    expect(error).toBeInstanceOf(SafetensorsError)
  }
})

test('a string of millions of characters is no trouble', () => {
  const text = JSON.stringify({ ['\\"'.repeat(2e6)]: 1 })
  expect(Object.keys(parseStrictJson(text) as object)).toHaveLength(1)
})
