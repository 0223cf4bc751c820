import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { RandomStream } from '@neurite/data'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { bundleProgram, runAndKill } from '../test/own-process.ts'
import { fileStorage, replaceFile } from './file-storage.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'neurite-file-storage-'))
})

afterEach(() => rm(folder, { recursive: true }))

test('what was written last is read, nothing before; missing folders are made', async () => {
  const storage = fileStorage(join(folder, 'a', 'b', 'checkpoint'))
  expect(await storage.read()).toBeUndefined()
  await storage.write(Uint8Array.of(1, 2))
  await storage.write(Uint8Array.of(3))
  expect([...(await storage.read())!]).toEqual([3])
  expect(await readdir(join(folder, 'a', 'b'))).toEqual(['checkpoint'])
})

test('a failed write leaves the old file and no litter', async () => {
  await replaceFile(join(folder, 'file'), 'old')
  await expect(replaceFile(join(folder, 'file'), { not: 'bytes' } as never)).rejects.toThrow()
  expect(await readdir(folder)).toEqual(['file'])
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('old')
})

test('leftovers of processes that are gone are removed, other files are not', async () => {
  const kept = ['other.999999999-0.partial', 'file.backup', `file.${process.pid}-99.partial`]
  for (const name of [...kept, 'file.999999999-0.partial']) await writeFile(join(folder, name), '')
  await replaceFile(join(folder, 'file'), 'new')
  expect((await readdir(folder)).sort()).toEqual(['file', ...kept].sort())
})

test('a process that is killed at any moment leaves a whole file', async () => {
  const program = await bundleProgram('killed-writer.ts', folder)
  const file = join(folder, 'file')
  const random = new RandomStream(1)
  const seen = new Set<number>()
  for (let kill = 0; kill < 12; kill++) {
    await runAndKill(program, [file], random.uniform(0, 40))
    const bytes = await readFile(file)
    expect(bytes.length).toBe(3_000_000)
    expect(bytes.equals(Buffer.alloc(bytes.length, bytes[0]))).toBe(true)
    seen.add(bytes[0]!)
  }
  expect(seen.size).toBeGreaterThan(2)
}, 60_000)
