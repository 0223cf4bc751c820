import { art } from './art.ts'
import { detection } from './detection.ts'
import { digits } from './digits.ts'
import { hamming } from './hamming.ts'
import { hopfield } from './hopfield.ts'
import { kohonen } from './kohonen.ts'
import type { Lesson } from './lesson.ts'
import { optimizers } from './optimizers.ts'
import { overfitting } from './overfitting.ts'
import { perceptron } from './perceptron.ts'
import { regions } from './regions.ts'
import { representation } from './representation.ts'
import { sequence } from './sequence.ts'
import { xor } from './xor.ts'

/** The lessons in the order of the course. A new one is a file, its test, and its place here. */
export const lessons: readonly Lesson[] = [
  xor,
  optimizers,
  overfitting,
  representation,
  regions,
  hopfield,
  hamming,
  art,
  perceptron,
  kohonen,
  digits,
  sequence,
  detection,
]
