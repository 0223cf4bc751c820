import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Linear } from 'neurite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DemoError } from './demo-error.ts'
import { checkWritable, passWeights } from './weights-file.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weights-file-'))
})

afterEach(() => rm(folder, { recursive: true }))

test('another model of the same make gets the same weights, by way of the file', async () => {
  const [from, to] = [new Linear(3, 2), new Linear(3, 2)]
  expect(await to.weight.value.data()).not.toEqual(await from.weight.value.data())
  const size = await passWeights({ net: from }, { net: to }, join(folder, 'weights.safetensors'))
  expect(await to.weight.value.data()).toEqual(await from.weight.value.data())
  expect(await to.bias!.value.data()).toEqual(await from.bias!.value.data())
  expect(size).toBeGreaterThan((3 * 2 + 2) * 4)
  expect(await readdir(folder)).toEqual(['weights.safetensors'])
})

test('without a name the file does not stay', async () => {
  const present = async (): Promise<string[]> =>
    (await readdir(tmpdir())).filter((name) => name.startsWith('neurite-demo-weights-'))
  const before = await present()
  await passWeights(new Linear(3, 2), new Linear(3, 2))
  expect(await present()).toEqual(before)
})

test('what stands in the way is found out early', async () => {
  await writeFile(join(folder, 'file'), 'content')
  await expect(checkWritable(join(folder, 'nowhere', 'weights'))).rejects.toThrow(DemoError)
  await expect(checkWritable(join(folder, 'file', 'weights'))).rejects.toThrow('ENOTDIR')
  await expect(checkWritable(folder)).rejects.toThrow(`--save ${folder}: EISDIR`)
})

test('looking leaves no trace', async () => {
  await writeFile(join(folder, 'file'), 'content')
  await checkWritable(join(folder, 'file'))
  await checkWritable(join(folder, 'weights'))
  expect(await readdir(folder)).toEqual(['file'])
  expect(await readFile(join(folder, 'file'), 'utf8')).toBe('content')
})

test('what stands in the way after all is an error that names the file', async () => {
  await expect(passWeights(new Linear(1, 1), new Linear(1, 1), folder)).rejects.toThrow(`--save ${folder}: EISDIR`)
})
