import { gzipSync } from 'node:zlib'
import { packTar } from 'modern-tar'
import { expect, test } from 'vitest'
import { DataFormatError } from '../data-format-error.ts'
import { Stream } from '../streams/stream.ts'
import { readShard } from './read-shard.ts'
import { readTar } from './read-tar.ts'

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes)

const pack = (files: Record<string, string>): Promise<Uint8Array> =>
  packTar(Object.entries(files).map(([name, body]) => ({ header: { name, size: Buffer.byteLength(body) }, body })))

/** A POSIX header of ones own, so that not everything here is by the library that reads it: name, size in octal, type 0, checksum. */
function ustar(name: string, body: string): Uint8Array {
  const block = new Uint8Array(512 + 512 * Math.ceil(body.length / 512))
  const write = (at: number, value: string): void => block.set(new TextEncoder().encode(value), at)
  write(0, name)
  write(100, '0000644\0')
  write(108, '0000000\0')
  write(116, '0000000\0')
  write(124, `${body.length.toString(8).padStart(11, '0')}\0`)
  write(136, '00000000000\0')
  write(148, '        ')
  write(156, '0')
  write(257, 'ustar\x0000')
  const sum = block.subarray(0, 512).reduce((total, byte) => total + byte, 0)
  write(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  write(512, body)
  return block
}

const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]))

test('files come in order, plain or gzipped, in pieces or whole; long names too', async () => {
  const long = `${'folder/'.repeat(30)}a.txt`
  const archive = await pack({ 'a.txt': 'one', 'b/c.txt': 'two'.repeat(500), [long]: '', 'ü.txt': 'three' })
  const pieces = async function* () {
    for (let at = 0; at < archive.length; at += 100) yield archive.subarray(at, at + 100)
  }
  for (const source of [archive, gzipSync(archive), { name: 'x.tar', open: pieces }]) {
    const files = await readTar(source).toArray()
    expect(files.map(({ path, bytes }) => [path, text(bytes)])).toEqual([
      ['a.txt', 'one'],
      ['b/c.txt', 'two'.repeat(500)],
      [long, ''],
      ['ü.txt', 'three'],
    ])
  }
})

test('an archive written by hand is read', async () => {
  const archive = join(ustar('x.cls', '7'), ustar('y.txt', 'z'.repeat(600)), new Uint8Array(1024))
  const files = await readTar(archive).toArray()
  expect(files.map(({ path, bytes }) => [path, text(bytes)])).toEqual([
    ['x.cls', '7'],
    ['y.txt', 'z'.repeat(600)],
  ])
})

test('a truncated or damaged archive is an error that names it', async () => {
  const archive = await pack({ 'a.txt': 'one'.repeat(400), 'b.txt': 'two' })
  for (const length of [100, 700, 1400])
    await expect(readTar(archive.subarray(0, length), 'x.tar').toArray()).rejects.toThrow(
      'x.tar: the tar archive is damaged or incomplete',
    )
  const flipped = Uint8Array.from(archive)
  flipped[3]! ^= 0xff
  await expect(readTar(flipped).toArray()).rejects.toThrow(DataFormatError)
  const packed = gzipSync(archive)
  await expect(readTar(packed.subarray(0, packed.length - 9), 'x.tar.gz').toArray()).rejects.toThrow(
    'x.tar.gz: the gzip data is damaged',
  )
})

test('a walk that is left closes the source', async () => {
  const archive = await pack({ a: '1', b: '2', c: '3' })
  let isClosed = false
  const open = async function* () {
    try {
      for (let at = 0; at < archive.length; at += 64) yield archive.subarray(at, at + 64)
    } finally {
      isClosed = true
    }
  }
  for await (const _ of readTar({ name: 'x', open })) break
  expect(isClosed).toBe(true)
})

test('examples of shards are the files with one key; shards can be shuffled and resumed', async () => {
  const shards = await Promise.all(
    [0, 1].map((shard) =>
      pack({
        [`d/${shard}0.cls`]: '0',
        [`d/${shard}0.left.txt`]: 'l',
        'README.md': 'no example of its own kind, but one file',
        [`d/${shard}1.cls`]: '1',
        noExtension: '',
      }),
    ),
  )
  const [first] = await readShard(shards[0]!, 's0').toArray()
  expect(first).toMatchObject({ key: 'd/00', shard: 's0' })
  expect(Object.keys(first!.parts)).toEqual(['cls', 'left.txt'])
  const build = () =>
    Stream.from([0, 1])
      .flatMap((shard) => readShard(shards[shard]!, `s${shard}`))
      .filter(({ parts }) => 'cls' in parts)
      .shuffle({ window: 2 })
      .map(({ key, parts }) => `${key}:${text(parts.cls)}`)
  const all = await build().toArray()
  expect([...all].sort()).toEqual(['d/00:0', 'd/01:1', 'd/10:0', 'd/11:1'])
  const stream = build()
  await stream[Symbol.asyncIterator]().next()
  expect(await build().resume(stream.state()).toArray()).toEqual(all.slice(1))
  await expect(readShard(await pack({ 'a.x': '1', 'b.x': '', 'a.y': '' }), 's').toArray()).resolves.toHaveLength(3)
  const twice = join(ustar('a.x', '1'), ustar('a.x', '2'), new Uint8Array(1024))
  await expect(readShard(twice, 's').toArray()).rejects.toThrow('s: example a has two files .x.')
})
