import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DataFormatError } from '../data-format-error.ts'
import { pillowGrey, pillowImages, pillowResized } from '../test/pillow-images.ts'
import { decodeImage } from './decode-image.ts'
import { type Image, imageTensor, withChannels } from './image.ts'
import { cropImage, fitImage, resizeImage } from './resize-image.ts'

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))
const read = (name: string) => decodeImage(bytesOf(pillowImages[name]!.file), { name })

function expectNear(pixels: Uint8Array, expected: Uint8Array, tolerance: number): void {
  expect(pixels).toHaveLength(expected.length)
  expect(Math.max(...pixels.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThanOrEqual(tolerance)
}

describe('images as Pillow reads them', () => {
  // JPEG decoders may round differently, and enlarge subsampled colours by other filters.
  const tolerance = (name: string) => (name === 'subsampled.jpg' ? 16 : name.endsWith('.jpg') ? 3 : 0)
  test.for(Object.entries(pillowImages))('%s', async ([name, { shape, pixels }]) => {
    const image = await read(name)
    expect([image.channels, image.height, image.width]).toEqual(shape)
    expectNear(image.pixels, bytesOf(pixels), tolerance(name))
  })

  test('grey from colours', async () => {
    expect(withChannels(await read('rgb.png'), 1).pixels).toEqual(bytesOf(pillowGrey))
  })

  test.for(pillowResized.map((size) => [`${size.height} × ${size.width}`, size] as const))(
    'resized to %s',
    async ([, size]) => {
      const resized = resizeImage(await read('rgb.png'), size)
      expect([resized.height, resized.width]).toEqual([size.height, size.width])
      expectNear(resized.pixels, bytesOf(size.pixels), 1)
    },
  )
})

test('channels are repeated, made grey, dropped and added', async () => {
  const rgba = await read('rgba.png')
  const size = rgba.height * rgba.width
  expect(withChannels(rgba, 3).pixels).toEqual(rgba.pixels.subarray(0, 3 * size))
  expect(withChannels(await read('rgb.png'), 4).pixels.subarray(3 * size)).toEqual(new Uint8Array(size).fill(255))
  const grey = await read('grey.png')
  expect(withChannels(grey, 3).pixels).toEqual(Uint8Array.of(...grey.pixels, ...grey.pixels, ...grey.pixels))
  const opaque = withChannels(await read('greyWithOpacity.png'), 4)
  expect(opaque.pixels.subarray(3 * size)).toEqual((await read('greyWithOpacity.png')).pixels.subarray(size))
  const asked = await decodeImage(bytesOf(pillowImages['rgb.png']!.file), { channels: 1 })
  expect(imageTensor(asked).shape).toEqual([1, 6, 7])
})

test('a truncated or damaged image is an error that names it, never anything else', async () => {
  for (const name of ['rgb.png', 'palette.png', 'rgb.jpg', 'progressive.jpg']) {
    const whole = bytesOf(pillowImages[name]!.file)
    for (const length of [12, 30, whole.length >> 1])
      await expect(decodeImage(whole.subarray(0, length), { name })).rejects.toThrow(`${name}: the image is damaged`)
  }
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(pillowImages)),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (name, at, flip) => {
        const bytes = bytesOf(pillowImages[name]!.file)
        bytes[at % bytes.length]! ^= flip
        await decodeImage(bytes).catch((error) => expect(error).toBeInstanceOf(DataFormatError))
      },
    ),
    { numRuns: 150 },
  )
  await expect(decodeImage(new TextEncoder().encode('GIF89a'), { name: 'x.gif' })).rejects.toThrow(
    'x.gif: is neither a PNG nor a JPEG image; it begins with 47494638.',
  )
  await expect(decodeImage(new Uint8Array())).rejects.toThrow('begins with nothing')
})

test('an image that claims to be huge is an error before its memory is asked for', async () => {
  const header = bytesOf(pillowImages['grey.png']!.file)
  new DataView(header.buffer).setUint32(16, 2 ** 20)
  new DataView(header.buffer).setUint32(20, 2 ** 20)
  await expect(decodeImage(header)).rejects.toThrow('1048576 × 1048576 pixels are more than')
})

const counting = (channels: number, height: number, width: number): Image => ({
  channels,
  height,
  width,
  pixels: Uint8Array.from({ length: channels * height * width }, (_, i) => i + 1),
})

test('a crop is the part that it names, black beyond the edges', () => {
  expect([...cropImage(counting(1, 3, 3), { top: 1, left: 1, height: 2, width: 2 }).pixels]).toEqual([5, 6, 8, 9])
  expect([...cropImage(counting(1, 2, 2), { top: -1, left: -1, height: 3, width: 4 }).pixels]).toEqual([
    0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0,
  ])
  expect([...cropImage(counting(2, 1, 2), { top: 0, left: 1, height: 1, width: 2 }).pixels]).toEqual([2, 0, 4, 0])
  expect([...cropImage(counting(1, 2, 2), { top: 5, left: 5, height: 1, width: 1 }).pixels]).toEqual([0])
})

test('fitting takes the largest part from the middle', () => {
  expect([...fitImage(counting(1, 2, 4), { height: 2, width: 2 }).pixels]).toEqual([2, 3, 6, 7])
  expect(fitImage(counting(3, 5, 9), { height: 4, width: 4 })).toMatchObject({ channels: 3, height: 4, width: 4 })
})

test('sizes that make no sense are errors that show them', () => {
  expect(() => resizeImage(counting(1, 2, 2), { height: 0, width: 2 })).toThrow('got 0 × 2')
  expect(() => cropImage(counting(1, 2, 2), { top: 0, left: 0, height: 1.5, width: 2 })).toThrow('got 1.5 × 2')
})
