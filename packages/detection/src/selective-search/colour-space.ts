import type { ColourImage } from '../images/colour-image.ts'

/** Invariant to different changes of light (Uijlings et al. 2013, table 1): intensity to none, Lab and RGB to hardly any, hue-saturation-value partly to shadows. */
export type ColourSpace = 'rgb' | 'intensity' | 'lab' | 'hsv' | 'normalized-rgb'

/** An image as planes of numbers from 0 to 255, one for each channel, row by row. */
export interface Planes {
  readonly width: number
  readonly height: number
  readonly channels: readonly Float32Array[]
}

type Triple = readonly [number, number, number]
type Conversion = (red: number, green: number, blue: number) => readonly number[]

const conversions: { readonly [Space in ColourSpace]: Conversion } = {
  rgb: (red, green, blue) => [red, green, blue],
  intensity: (red, green, blue) => [(red + green + blue) / 3],
  lab: labOf,
  hsv: hsvOf,
  // The shares of red and green, and intensity, which the paper adds to them ("rgI").
  'normalized-rgb': (red, green, blue) => {
    const sum = Math.max(1, red + green + blue)
    return [(255 * red) / sum, (255 * green) / sum, sum / 3]
  },
}

/** @throws RangeError if there is no such colour space, or the bytes do not fill the image. */
export function planesOf(image: ColourImage, space: ColourSpace): Planes {
  const { width, height, data } = image
  if (!Object.hasOwn(conversions, space))
    throw new RangeError(
      `selectiveSearch: there is no colour space '${space}'; there are ${Object.keys(conversions).join(', ')}.`,
    )
  if (data.length !== 3 * width * height)
    throw new RangeError(
      `selectiveSearch: an image of ${width} × ${height} has ${3 * width * height} bytes (red, green, blue); got ${data.length}.`,
    )
  const convert = conversions[space]
  const channels = convert(0, 0, 0).map(() => new Float32Array(width * height))
  for (let i = 0; i < width * height; i++) {
    const values = convert(data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!)
    for (let c = 0; c < channels.length; c++) channels[c]![i] = values[c]!
  }
  return { width, height, channels }
}

/** Hue as an angle of 360° in 255 steps; 0 for greys. */
function hsvOf(red: number, green: number, blue: number): Triple {
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const span = most - least
  if (span === 0) return [0, 0, most]
  let sixth = (green - blue) / span
  if (most === green) sixth = 2 + (blue - red) / span
  else if (most === blue) sixth = 4 + (red - green) / span
  return [(((sixth + 6) % 6) / 6) * 255, (span / most) * 255, most]
}

/** CIE L*a*b* of sRGB under D65 (IEC 61966-2-1), L* scaled from 100 to 255 and a*, b* moved to 128. */
function labOf(red: number, green: number, blue: number): Triple {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const x = compressed((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505)
  const y = compressed(0.2126 * r + 0.7152 * g + 0.0722 * b)
  const z = compressed((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089)
  return [(116 * y - 16) * 2.55, 500 * (x - y) + 128, 200 * (y - z) + 128]
}

function linear(byte: number): number {
  const value = byte / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

function compressed(value: number): number {
  return value > 216 / 24389 ? Math.cbrt(value) : ((24389 / 27) * value + 16) / 116
}
