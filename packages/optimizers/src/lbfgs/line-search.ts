// How far to go along a direction (Nocedal & Wright 2006, "Numerical optimization", algorithms 3.5 and 3.6, as PyTorch has them).

/** A place on the line. */
export interface LinePoint {
  /** Distance in units of the direction. */
  readonly distance: number
  readonly loss: number
  readonly gradient: Float64Array
  /** Of the loss along the direction. */
  readonly slope: number
}

export interface LineSearch {
  /** Where the line begins: distance 0, with a negative slope. */
  readonly start: LinePoint
  readonly firstDistance: number
  readonly evaluate: (distance: number) => Promise<LinePoint>
  /** Brackets that are shorter are not divided further. */
  readonly shortest: number
}

/** Shares of the slope at the start: the loss must fall by the first, the slope's size to the second. */
const [sufficientDecrease, curvature] = [1e-4, 0.9]
const mostEvaluations = 25

/** Two places between which there is one that will do; the better one first. */
interface Bracket {
  readonly better: LinePoint
  readonly worse: LinePoint
}

/** A place where the strong Wolfe conditions hold, or the best found. */
export async function strongWolfe(search: LineSearch): Promise<LinePoint> {
  const { start, evaluate } = search
  let before = start
  let point = await evaluate(search.firstDistance)
  for (let evaluations = 1; evaluations < mostEvaluations; evaluations++) {
    const hasRisen = evaluations > 2 && point.loss >= before.loss
    if (!isLowEnough(point, start) || hasRisen) return divide(search, bracketOf(before, point), evaluations)
    if (isFlatEnough(point, start)) return point
    if (point.slope >= 0) return divide(search, bracketOf(before, point), evaluations)
    const bounds = [point.distance + 0.01 * (point.distance - before.distance), 10 * point.distance] as const
    const next = await evaluate(cubicMinimum(before, point, bounds))
    before = point
    point = next
  }
  return bracketOf(start, point).better
}

/** Looks inside the bracket until a place will do. */
async function divide(search: LineSearch, first: Bracket, evaluationsBefore: number): Promise<LinePoint> {
  const { start, evaluate, shortest } = search
  let bracket = first
  let isStuck = false
  for (let evaluations = evaluationsBefore; evaluations < mostEvaluations; evaluations++) {
    const { better, worse } = bracket
    if (Math.abs(better.distance - worse.distance) < shortest) break
    const choice = placeInside(bracket, isStuck)
    isStuck = choice.isStuck
    const point = await evaluate(choice.distance)
    if (!isLowEnough(point, start) || point.loss >= better.loss) bracket = bracketOf(better, point)
    else if (isFlatEnough(point, start)) return point
    else bracket = { better: point, worse: point.slope * (worse.distance - better.distance) >= 0 ? better : worse }
  }
  return bracket.better
}

function bracketOf(a: LinePoint, b: LinePoint): Bracket {
  return a.loss <= b.loss ? { better: a, worse: b } : { better: b, worse: a }
}

function isLowEnough(point: LinePoint, start: LinePoint): boolean {
  return point.loss <= start.loss + sufficientDecrease * point.distance * start.slope
}

function isFlatEnough(point: LinePoint, start: LinePoint): boolean {
  return Math.abs(point.slope) <= -curvature * start.slope
}

/** Where the cubic has its minimum; twice near an end of the bracket, a tenth of its length away from it. */
function placeInside({ better, worse }: Bracket, wasStuck: boolean): { distance: number; isStuck: boolean } {
  const low = Math.min(better.distance, worse.distance)
  const high = Math.max(better.distance, worse.distance)
  const distance = cubicMinimum(better, worse, [low, high])
  const margin = 0.1 * (high - low)
  if (Math.min(high - distance, distance - low) >= margin) return { distance, isStuck: false }
  if (!wasStuck && distance < high && distance > low) return { distance, isStuck: true }
  const moved = Math.abs(distance - high) < Math.abs(distance - low) ? high - margin : low + margin
  return { distance: moved, isStuck: false }
}

/** The minimum of the cubic through two places and slopes, within bounds; their middle where there is none. */
function cubicMinimum(a: LinePoint, b: LinePoint, [least, most]: readonly [number, number]): number {
  const [left, right] = a.distance <= b.distance ? [a, b] : [b, a]
  const sum = left.slope + right.slope - (3 * (left.loss - right.loss)) / (left.distance - right.distance)
  const square = sum ** 2 - left.slope * right.slope
  const root = Math.sqrt(square)
  const share = (right.slope + root - sum) / (right.slope - left.slope + 2 * root)
  if (!Number.isFinite(share)) return (least + most) / 2
  return Math.min(Math.max(right.distance - (right.distance - left.distance) * share, least), most)
}
