import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { filesOfInput, listFiles } from '../readers/list-files.ts'
import { batches } from '../streams/batches.ts'
import { pillowImages } from '../test/pillow-images.ts'
import { decodeImage } from './decode-image.ts'
import { imageFolder } from './image-folder.ts'
import { fitImage, resizeImage } from './resize-image.ts'

const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(pillowImages[name]!.file, 'base64'))
const folder = mkdtempSync(join(tmpdir(), 'neurite-images-'))
afterAll(() => rmSync(folder, { recursive: true }))
for (const [path, name] of Object.entries({
  'dogs/one.jpg': 'rgb.jpg',
  'cats/b/two.PNG': 'rgb.png',
  'cats/a.jpeg': 'grey.jpg',
})) {
  mkdirSync(join(folder, path, '..'), { recursive: true })
  writeFileSync(join(folder, path), bytesOf(name))
}
writeFileSync(join(folder, 'top.png'), bytesOf('rgb.png'))
writeFileSync(join(folder, 'cats/notes.txt'), 'no image')

test('folders are classes in alphabetical order, and images are read as they are taken', async () => {
  const images = imageFolder(listFiles(folder), { height: 4, width: 5 })
  expect([images.dataset.length, images.classes, images.paths]).toEqual([
    3,
    ['cats', 'dogs'],
    ['cats/a.jpeg', 'cats/b/two.PNG', 'dogs/one.jpg'],
  ])
  const [x, y] = await images.dataset.take([2, 1])
  expect([x.shape, x.dtype, [...y.dataSync()]]).toEqual([[2, 3, 4, 5], 'uint8', [1, 0]])
  const second = fitImage(await decodeImage(bytesOf('rgb.png')), { height: 4, width: 5 })
  expect(x.dataSync().slice(60)).toEqual(second.pixels)
})

test('images can be grey, and made to fit otherwise; batches are awaited', async () => {
  const images = imageFolder(listFiles(folder), { height: 2, width: 2, channels: 1, fit: resizeImage })
  const shapes: (readonly number[])[] = []
  for await (const [x] of batches(images.dataset, { batchSize: 2, shuffle: true }).prefetch(1)) shapes.push(x.shape)
  expect(shapes).toEqual([
    [2, 1, 2, 2],
    [1, 1, 2, 2],
  ])
  const wrong = imageFolder(listFiles(folder), { height: 2, width: 2, fit: (image) => image })
  await expect(wrong.dataset.take([0])).rejects.toThrow('fit made 3 × 16 × 16 of cats/a.jpeg; expected 3 × 2 × 2')
})

test('files chosen in a page are the same, without the folder in front', async () => {
  const chosen = ['pets/dogs/1.png', 'pets/cats/2.png'].map((path) => {
    const file = new File([bytesOf('rgb.png')], path.split('/').at(-1)!)
    Object.defineProperty(file, 'webkitRelativePath', { value: path })
    return file
  })
  const images = imageFolder(filesOfInput(chosen), { height: 6, width: 7 })
  expect(images.paths).toEqual(['cats/2.png', 'dogs/1.png'])
  expect((await images.dataset.take([0]))[0].shape).toEqual([1, 3, 6, 7])
})

test('a damaged image is an error that names it, and no images at all too', async () => {
  const files = [{ path: 'cats/1.png', source: bytesOf('rgb.png').slice(0, 40) }]
  await expect(imageFolder(files, { height: 1, width: 1 }).dataset.take([0])).rejects.toThrow(
    'cats/1.png: the image is damaged',
  )
  expect(() => imageFolder([{ path: '1.png', source: new Blob() }], { height: 1, width: 1 })).toThrow(
    'none of the 1 files is a .png, .jpg or .jpeg in a folder',
  )
  expect(() => listFiles(join(folder, 'nowhere'))).toThrow('nowhere')
})
