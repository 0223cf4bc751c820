import { DataFormatError } from '../data-format-error.ts'
import { type Image, imageFromInterleaved, withChannels } from './image.ts'

export interface DecodeOptions {
  /** What the image is to have, whatever the file has: 1 grey, 3 colours, 4 with opacity. The file's own if not given. */
  readonly channels?: 1 | 3 | 4
  /** What errors call the image. */
  readonly name?: string
}

/** Most pixels of an image: a small file can claim to be huge. */
const mostPixels = 2 ** 28

/**
 * The image of a PNG or JPEG file. The decoders (fast-png, jpeg-js) are loaded when they are needed first; they run everywhere and give the same pixels
 * everywhere. 16-bit values are halved to 8 bits.
 * @throws DataFormatError if it is neither, or damaged.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions = {}): Promise<Image> {
  const { channels, name = 'image' } = options
  const decode = decoderOf(bytes)
  if (decode === undefined)
    throw new DataFormatError(
      `${name}: is neither a PNG nor a JPEG image; it begins with ${hexadecimal(bytes.subarray(0, 4))}.`,
    )
  let image: Image
  try {
    image = await decode(bytes)
  } catch (cause) {
    throw new DataFormatError(`${name}: the image is damaged or incomplete (${(cause as Error).message}).`, { cause })
  }
  return channels === undefined ? image : withChannels(image, channels)
}

function decoderOf(bytes: Uint8Array): ((bytes: Uint8Array) => Promise<Image>) | undefined {
  if (startsWith(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return decodePng
  return startsWith(bytes, [0xff, 0xd8, 0xff]) ? decodeJpeg : undefined
}

function startsWith(bytes: Uint8Array, mark: readonly number[]): boolean {
  return mark.every((byte, at) => bytes[at] === byte)
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') || 'nothing'
}

async function decodePng(bytes: Uint8Array): Promise<Image> {
  const { decode, convertIndexedToRgb } = await import('fast-png')
  checkPngSize(bytes)
  const png = decode(bytes, { checkCrc: true })
  if (png.palette !== undefined) {
    const channels = png.palette[0]?.length ?? 3
    return imageFromInterleaved(convertIndexedToRgb(png), channels, png)
  }
  if (png.depth < 8) return imageFromInterleaved(unpackGrey(png), 1, png)
  const pixels = png.depth === 16 ? Uint8Array.from(png.data, (value) => value >> 8) : png.data
  return imageFromInterleaved(pixels, png.channels, png)
}

function checkPngSize(bytes: Uint8Array): void {
  if (bytes.length < 24) throw new Error('its header is incomplete')
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  if (width * height > mostPixels) throw new Error(`${width} × ${height} pixels are more than ${mostPixels}`)
}

interface PackedGrey {
  readonly data: ArrayLike<number>
  readonly depth: number
  readonly height: number
  readonly width: number
}

/** Grey values of 1, 2 or 4 bits, several in a byte, rows beginning with a new one, as 8 bits. */
function unpackGrey({ data, depth, height, width }: PackedGrey): Uint8Array {
  const most = 2 ** depth - 1
  const rowBytes = Math.ceil((width * depth) / 8)
  const grey = new Uint8Array(height * width)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const bit = x * depth
      const value = (data[y * rowBytes + (bit >> 3)]! >> (8 - depth - (bit & 7))) & most
      grey[y * width + x] = (value * 255) / most
    }
  return grey
}

async function decodeJpeg(bytes: Uint8Array): Promise<Image> {
  const { default: jpeg } = await import('jpeg-js')
  const options = {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    maxResolutionInMP: mostPixels / 1e6,
  } as const
  const { data, height, width } = jpeg.decode(bytes, options)
  const colours = imageFromInterleaved(data, data.length / (height * width), { height, width })
  return jpegComponents(bytes) === 1 ? withChannels(colours, 1) : colours
}

/** Colour components by the frame header (ITU-T T.81, B.2.2): the decoder makes colours of all. */
function jpegComponents(bytes: Uint8Array): number | undefined {
  for (let at = 2; at + 9 < bytes.length; at += 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!)) {
    const marker = bytes[at + 1]!
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return bytes[at + 9]
  }
  return undefined
}
