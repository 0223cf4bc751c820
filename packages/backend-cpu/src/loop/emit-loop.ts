// Writes a loop kernel: loops over its points, and at each point the loops of its steps.

import { axisName, collapseAxes, type LoopKernel, valuesIn } from '@neurite/compiler/kernel'
import { ExpressionEmitter } from '../expression/expression-emitter.ts'
import { Facts } from '../expression/facts.ts'
import { hoist } from '../expression/hoist.ts'
import type { Maxima } from '../expression/sign.ts'
import { valueTypeOf } from '../expression/value-types.ts'
import type { ResultLocals, VectorPosition } from '../expression/vector-position.ts'
import { type EmittedKernel, givenRounds, type ProgramModule } from '../program/program-module.ts'
import { chooseSplit, type Sharing, type Split, type SplittableLoop, splitOf } from '../program/split.ts'
import type { FunctionWriter } from '../wasm/function-writer.ts'
import { type ChunkedLoop, cheapRound, chunksOfGroup, chunksOfPoints } from './chunks.ts'
import { chunksInTurn } from './chunks-in-turn.ts'
import { costOfRound } from './cost.ts'
import { rangeLoop, stripLoop } from './counted-loop.ts'
import { forwardStores } from './forward-stores.ts'
import { type AxisLoop, axisLoop, type Lanes, ownLoops, roundsOfAxis } from './loop-nest.ts'
import { type LoopPlan, planLoop, product } from './plan.ts'
import { emitReduce } from './reduce.ts'
import { groupSteps, type ReduceGroup, type StepGroup, type StoreGroup } from './step-groups.ts'
import { storeAt } from './store-at.ts'
import { stripAxis, stripPoints } from './tiling.ts'

// From so many rounds on, elementary functions are written in place.
const longLoop = 64

/** Of the costs that plans are compared by, when several instructions run at once. */
const nanosecondsPerInstruction = 0.1

/** Writes a function that runs the kernel. */
export function emitLoop(program: ProgramModule, kernel: LoopKernel): EmittedKernel {
  const code = program.kernelFunction(kernel.label)
  if (kernel.extents.includes(0)) return { kernel, target: code, note: 'nothing to do' }
  const collapsed = collapseAxes(kernel)
  const emission = new LoopEmission(program, code, forwardStores(collapsed))
  emission.emit()
  return { kernel: collapsed, target: code, note: emission.note, split: emission.split }
}

class LoopEmission {
  readonly #code: FunctionWriter
  readonly #kernel: LoopKernel
  readonly #facts: Facts
  readonly #groups: readonly StepGroup[]
  readonly #inlinesFunctions: boolean
  readonly #plan: LoopPlan
  readonly #emitter: ExpressionEmitter
  /** The axes that strips are wide and the vectors lie along are not among these, whose loops are outside. */
  readonly #outerAxes: readonly number[]
  /** See tiling.ts. */
  readonly #stripAxis: number | undefined
  /** Chunks of four points that are worked on at once. */
  readonly #width: number
  readonly #results: ReadonlyMap<number, ResultLocals>
  readonly #sharedLoop: SplittableLoop | undefined

  constructor(program: ProgramModule, code: FunctionWriter, kernel: LoopKernel) {
    this.#code = code
    this.#kernel = kernel
    this.#facts = factsOf(program, kernel)
    this.#groups = groupSteps(kernel, this.#facts)
    const rounds = Math.max(...this.#groups.map(({ extents }) => product(kernel.extents) * product(extents)))
    this.#inlinesFunctions = rounds / 4 >= longLoop
    const plan = planLoop(kernel, this.#groups, this.#facts)
    this.#plan = plan
    const vectorAxis = plan.kind === 'points' ? plan.axis : undefined
    const strips = vectorAxis === undefined ? undefined : stripAxis(kernel, this.#groups, this.#facts, vectorAxis)
    this.#stripAxis = strips
    const axes = kernel.extents.map((_, axis) => axis)
    this.#outerAxes = axes.filter((axis) => axis !== vectorAxis && axis !== strips)
    this.#width =
      vectorAxis === undefined || strips !== undefined
        ? 1
        : chunksOfPoints(this.#groups, kernel.extents[vectorAxis]!, this.#chunked(vectorAxis))
    this.#sharedLoop = program.sharing && this.#chooseSharedLoop(program.sharing)
    this.#results = this.#allocateResults()
    this.#emitter = new ExpressionEmitter(program, code, this.#facts, { inlineFunctions: this.#inlinesFunctions })
  }

  emit(): void {
    this.#points(0)
  }

  /** How threads can share the kernel. */
  get split(): Split | undefined {
    return this.#sharedLoop && splitOf(this.#sharedLoop, this.#nanoseconds)
  }

  #chooseSharedLoop(sharing: Sharing): SplittableLoop | undefined {
    const plan = this.#plan
    const loops = this.#outerAxes.map((axis) => this.#axis(axis))
    if (plan.kind === 'points') loops.push({ ...this.#axis(plan.axis), chunks: this.#width })
    const splittable = loops.map((loop) => ({ axis: loop.axis, rounds: roundsOfAxis(loop) }))
    return chooseSplit(splittable, this.#nanoseconds, sharing)
  }

  /** Estimated. */
  get #nanoseconds(): number {
    return this.#plan.cost * nanosecondsPerInstruction
  }

  /** How it computes, for people. */
  get note(): string {
    const plan = this.#plan
    if (plan.kind === 'points') return `${4 * this.#width} points along ${axisName(plan.axis)} at once`
    const parts = this.#groups.map((_, place) => {
      const axis = plan.axes[place]
      return axis === undefined ? 'one element at a time' : `4 lanes along ${axisName(axis)}`
    })
    return parts.filter((part, place) => part !== parts[place - 1]).join(', then ')
  }

  #allocateResults(): Map<number, ResultLocals> {
    const results = new Map<number, ResultLocals>()
    for (const group of this.#groups) {
      if (group.kind === 'store') continue
      for (const { number, step } of group.steps) {
        const type = step.combine === 'argMax' ? 'i32' : valueTypeOf[step.value.dtype]
        const vectors = (): number[] => Array.from({ length: this.#width }, () => this.#code.local('v128'))
        results.set(number, this.#plan.kind === 'points' ? { vectors: vectors() } : { scalar: this.#code.local(type) })
      }
    }
    return results
  }

  /** Loops over points: the outer axes, strips, the vector axis, and within the strip. */
  #points(level: number): void {
    const axis = this.#outerAxes[level]
    if (axis !== undefined) {
      this.#hoistOutside()
      axisLoop(this.#emitter, this.#axis(axis), () => this.#points(level + 1))
    } else if (this.#plan.kind === 'points') this.#vectors(this.#plan.axis)
    else this.#steps([])
  }

  #vectors(axis: number): void {
    const strips = this.#stripAxis
    const loop = (body: (chunks: readonly VectorPosition[]) => void): void => {
      this.#hoistOutside()
      axisLoop(this.#emitter, { ...this.#axis(axis), chunks: this.#width }, body)
    }
    if (strips === undefined) {
      loop((chunks) => this.#steps(chunks))
      return
    }
    const code = this.#code
    stripLoop(code, { end: this.#kernel.extents[strips]!, length: stripPoints }, (start, end) =>
      loop((chunks) => {
        this.#hoistAt(chunks)
        rangeLoop(code, { start, end }, (counter) => {
          this.#emitter.bind(strips, counter)
          this.#steps(chunks)
          this.#emitter.unbind(strips)
        })
      }),
    )
  }

  #axis(axis: number): AxisLoop {
    const rounds = axis === this.#sharedLoop?.axis ? givenRounds : undefined
    return { axis, extent: this.#kernel.extents[axis]!, rounds }
  }

  /** Outside of the innermost loop over points nothing depends on what the kernel writes. */
  #hoistOutside(): void {
    this.#groups.forEach((group, place) => {
      if (group.extents.includes(0)) return
      this.#emitter.setPosition(this.#firstPosition(place))
      hoist(this.#emitter, group.work)
    })
  }

  #hoistAt(chunks: readonly VectorPosition[]): void {
    for (const chunk of chunks)
      for (const { work } of this.#groups) {
        this.#emitter.setPosition(chunk)
        hoist(this.#emitter, work)
      }
  }

  #vectorAxis(place: number): number | undefined {
    return this.#plan.kind === 'points' ? this.#plan.axis : this.#plan.axes[place]
  }

  #firstPosition(place: number): VectorPosition | undefined {
    const axis = this.#vectorAxis(place)
    return axis === undefined ? undefined : { axis, offset: 0, lanes: 4, chunk: 0 }
  }

  /** All steps at one point, or at some chunks of points. */
  #steps(chunks: readonly VectorPosition[]): void {
    const last = this.#groups.at(-1)!
    if (!this.#isDearOfResults(last) || chunks.length === 1 || chunks.some(({ lanes }) => lanes < 4)) {
      this.#stepsOf(this.#groups, chunks)
      return
    }
    this.#stepsOf(this.#groups.slice(0, -1), chunks)
    chunksInTurn(this.#emitter, chunks, this.#results.values(), (chunk) => {
      this.#store(last, { kind: 'points', chunks: [chunk] })
    })
  }

  /** Whether a group is much code, after reductions of several chunks of points. */
  #isDearOfResults(group: StepGroup): group is StoreGroup {
    if (this.#plan.kind !== 'points' || group.kind === 'reduce' || group.extents.length > 0) return false
    return this.#results.size > 0 && costOfRound(group, this.#facts, this.#plan.axis) > cheapRound
  }

  #stepsOf(groups: readonly StepGroup[], chunks: readonly VectorPosition[]): void {
    groups.forEach((group, place) => {
      if (group.extents.includes(0) && group.kind === 'store') return
      const axis = this.#vectorAxis(place)
      const lanes: Lanes = axis === undefined ? { kind: 'none' } : this.#lanes(group, axis, chunks)
      const { scopes } = this.#emitter
      scopes.push()
      if (group.kind === 'reduce') this.#reduce(group, lanes)
      else this.#store(group, lanes)
      scopes.pop()
    })
  }

  #lanes(group: StepGroup, axis: number, chunks: readonly VectorPosition[]): Lanes {
    if (this.#plan.kind === 'points') return { kind: 'points', chunks }
    return { kind: 'own', axis, chunks: chunksOfGroup(group, this.#chunked(axis)) }
  }

  #chunked(axis: number): ChunkedLoop {
    return { facts: this.#facts, axis, inlinesFunctions: this.#inlinesFunctions }
  }

  #reduce(group: ReduceGroup, lanes: Lanes): void {
    emitReduce(this.#emitter, { group, rank: this.#kernel.extents.length, lanes, results: this.#results })
    for (const { number } of group.steps) this.#emitter.setResult(number, this.#results.get(number)!)
  }

  #store(group: StoreGroup, lanes: Lanes): void {
    const emitter = this.#emitter
    ownLoops(emitter, { group, rank: this.#kernel.extents.length, lanes }, (positions) =>
      storeAt(emitter, group.stores, positions),
    )
  }
}

function factsOf(program: ProgramModule, { extents, steps }: LoopKernel): Facts {
  const own = Math.max(0, ...steps.map((step) => step.extents.length))
  const longest = Array.from({ length: own }, (_, place) => Math.max(...steps.map((step) => step.extents[place] ?? 0)))
  const surroundings = {
    extents: [...extents, ...longest],
    buffers: program.buffers,
    resultAxes: extents.map((_, axis) => axis),
    maxima: maximaOf(steps),
  }
  const roots = steps.flatMap((step) => (step.kind === 'store' ? [step.value, ...valuesIn(step.index)] : [step.value]))
  return new Facts(surroundings, roots)
}

/** Of values that are looked at only where the maximum has been sought: all steps along the row have the same axes. */
function maximaOf(steps: LoopKernel['steps']): Maxima {
  const rows = new Set(steps.filter(({ extents }) => extents.length > 0).map(({ extents }) => extents.join()))
  if (rows.size > 1) return new Map()
  return new Map(
    steps.flatMap((step, number) =>
      step.kind === 'reduce' && step.combine === 'maximum' ? [[number, step.value] as const] : [],
    ),
  )
}
