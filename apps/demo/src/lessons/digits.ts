import { type LabelledImages, measureImages, metrics } from 'neurite'
import { accuracyOf, confusionMatrix } from '../digits/confusion-counts.ts'
import { digitNetwork, recognize, trainDigits } from '../digits/digit-network.ts'
import { showRecognition } from '../digits/digit-report.ts'
import { drawDigitSets, readDigitSets } from '../digits/digit-sets.ts'
import { type Lesson, scaled } from './lesson.ts'
import { percent } from './percent.ts'

const epochs = 8

/** A convolutional network with shared weights and pooling (LeCun, Bottou, Bengio & Haffner 1998). */
export const digits: Lesson = {
  name: 'digits',
  title: 'Handwritten digits and a convolutional net',
  summary: 'a convolutional net and its mistakes (--data: a folder in MNIST’s format)',
  async teach(classroom) {
    const { data, seed, effort } = classroom
    const sets = data === undefined ? drawDigitSets(seed) : await readDigitSets(data)
    const images = effort < 1 ? firstOf(sets.train, scaled(sets.train.count, classroom)) : sets.train
    classroom.print(`${images.count} images to learn from, ${sets.test.count} others to test on`)
    const network = digitNetwork(measureImages(images.images))
    await trainDigits(network, images, { epochs: scaled(epochs, classroom), seed }, classroom)
    const recognition = await recognize(network, sets.test, classroom)
    const counts = confusionMatrix(sets.test.labels, recognition.answers, sets.test.classes)
    classroom.print('', ...metrics.formatConfusionMatrix(counts), '', ...showRecognition(sets.test, recognition))
    return `The net reads ${percent(accuracyOf(counts))} of the digits that it has not seen, by looking at every place with the same few filters.`
  },
}

function firstOf(images: LabelledImages, count: number): LabelledImages {
  const size = images.height * images.width
  return {
    ...images,
    images: images.images.subarray(0, count * size),
    labels: images.labels.subarray(0, count),
    count,
  }
}
