import { atan2, concatenate, Linear, RandomStream, type Tensor } from 'neurite'
import type { Grid } from '../pictures/decision-region.ts'
import type { Lesson } from './lesson.ts'
import { percent } from './percent.ts'
import { learnPoints, type PointClassifier } from './point-classifier.ts'
import { discAndRing } from './points.ts'

const grid: Grid = { from: -2.5, to: 2.5, columns: 51, rows: 23 }

/** Why data representation matters (Goodfellow, Bengio & Courville 2016, fig. 1.1). */
export const representation: Lesson = {
  name: 'representation',
  title: 'Representation: Cartesian against polar',
  summary: 'the same unit on the same points, told in x and y, and in radius and angle',
  async teach(classroom) {
    const points = discAndRing(120, new RandomStream(classroom.seed))
    classroom.print('A disc and a ring around it. One unit is told x and y:')
    const cartesian = await learnPoints(new Linear(2, 1), points, grid, classroom)
    classroom.print('', 'The same unit, told radius and angle:')
    const polar = await learnPoints(new PolarUnit(), points, grid, classroom)
    return `One line parts ${percent(cartesian.accuracy)} of the points rightly in x and y, and ${percent(polar.accuracy)} in radius and angle, where it is a circle: the same net, told otherwise.`
  },
}

/** A unit that sees points [N, 2] by their radius and angle (radians, from −π to π). */
class PolarUnit implements PointClassifier {
  readonly unit = new Linear(2, 1)

  forward(points: Tensor<[number, 2]>): Tensor {
    const [x, y] = [points.narrow(1, 0, 1), points.narrow(1, 1, 1)]
    const radius = x.square().add(y.square()).sqrt()
    return this.unit.forward(concatenate([radius, atan2(y, x)], 1))
  }
}
