import { type Tensor, tensor } from '@neurite/tensor'

/** Pixels of one image: channel by channel, each row-major, values from 0 to 255. */
export interface Image {
  /** 1: grey; 3: red, green, blue; 4: with opacity. */
  readonly channels: number
  readonly height: number
  readonly width: number
  /** channels × height × width values. */
  readonly pixels: Uint8Array
}

/** Height and width. */
export interface HeightAndWidth {
  readonly height: number
  readonly width: number
}

/** uint8 [channels, height, width]. */
export function imageTensor({ channels, height, width, pixels }: Image): Tensor<[number, number, number], 'uint8'> {
  return tensor(pixels, { shape: [channels, height, width] as [number, number, number] })
}

/** An image from pixels that stand beside each other, channel after channel, as canvases and files have them. */
export function imageFromInterleaved(
  pixels: ArrayLike<number>,
  channels: number,
  { height, width }: HeightAndWidth,
): Image {
  const size = height * width
  const planes = new Uint8Array(channels * size)
  for (let channel = 0; channel < channels; channel++)
    for (let at = 0; at < size; at++) planes[channel * size + at] = pixels[at * channels + channel]!
  return { channels, height, width, pixels: planes }
}

/**
 * The image with another count of channels: grey from colours by ITU-R 601 (0.299 red + 0.587 green + 0.114 blue), colours from grey by repeating it; opacity is dropped, or
 * full. An image of 2 channels is grey with opacity.
 */
export function withChannels(image: Image, channels: 1 | 3 | 4): Image {
  if (image.channels === channels) return image
  const size = image.height * image.width
  const plane = (channel: number): Uint8Array => image.pixels.subarray(channel * size, (channel + 1) * size)
  const pixels = new Uint8Array(channels * size)
  const isGrey = image.channels < 3
  if (channels === 1) pixels.set(isGrey ? plane(0) : luma(plane(0), plane(1), plane(2)))
  else for (let channel = 0; channel < 3; channel++) pixels.set(plane(isGrey ? 0 : channel), channel * size)
  if (channels === 4) {
    if (image.channels === 2) pixels.set(plane(1), 3 * size)
    else pixels.fill(255, 3 * size)
  }
  return { ...image, channels, pixels }
}

/** Rounded in 16-bit fixed point, as the common decoders do it. */
function luma(red: Uint8Array, green: Uint8Array, blue: Uint8Array): Uint8Array {
  return red.map((value, at) => (value * 19595 + green[at]! * 38470 + blue[at]! * 7471 + 0x8000) >> 16)
}
