import { ShapeError, type Tensor, tensor } from '@neurite/tensor'

/** An image with 8-bit colours: red, green, blue of each pixel, row by row. */
export interface ColourImage {
  readonly width: number
  readonly height: number
  /** height · width · 3 bytes. */
  readonly data: Uint8Array
}

/**
 * Images of one size as [N, 3, H, W], each byte b as (b − 127.5) / 64: about zero mean and unit variance.
 * @throws ShapeError if there is none, or they differ in size.
 */
export function imageTensor(images: readonly ColourImage[]): Tensor<[number, 3, number, number], 'float32'> {
  const first = images[0]
  if (first === undefined) throw new ShapeError('imageTensor: needs at least one image.')
  const { width, height } = first
  const pixels = width * height
  const data = new Float32Array(images.length * 3 * pixels)
  images.forEach((image, n) => {
    if (image.width !== width || image.height !== height || image.data.length !== 3 * pixels)
      throw new ShapeError(
        `imageTensor: image ${n} is ${image.width} × ${image.height} with ${image.data.length} bytes, ` +
          `the first ${width} × ${height}, ${3 * pixels} bytes.`,
      )
    for (let channel = 0; channel < 3; channel++) {
      const at = (3 * n + channel) * pixels
      for (let i = 0; i < pixels; i++) data[at + i] = (image.data[3 * i + channel]! - 127.5) / 64
    }
  })
  return tensor(data, { shape: [images.length, 3, height, width] })
}
