import type { LabelledImages } from 'neurite'
import { digitPicture, sideBySide } from '../pictures/digit-picture.ts'
import type { Recognition } from './digit-network.ts'

const picturesInRow = 3
const margin = 2

/** Pictures of a few digits with the network's answers: some that are right, and mistakes if there are any. */
export function showRecognition(images: LabelledImages, recognition: Recognition): string[] {
  const places = Array.from({ length: images.count }, (_, i) => i)
  const isRight = (i: number): boolean => recognition.answers[i] === images.labels[i]
  const rows = [places.filter(isRight), places.filter((i) => !isRight(i))]
  return rows
    .map((row) => row.slice(0, picturesInRow).map((i) => captionedPicture(images, recognition, i)))
    .flatMap((pictures) => (pictures.length === 0 ? [] : [...sideBySide(pictures, 2), '']))
}

function captionedPicture(
  { images, labels, height, width, classes }: LabelledImages,
  { answers, probabilities }: Recognition,
  i: number,
): string[] {
  const pixels = images.subarray(i * height * width, (i + 1) * height * width)
  const answer = answers[i]!
  const probability = (100 * probabilities[i * classes + answer]!).toFixed(0)
  const truth = answer === labels[i] ? 'right' : `is ${labels[i]}`
  return [...digitPicture({ pixels, height, width }, margin), `says ${answer} (${probability} %), ${truth}`]
}
