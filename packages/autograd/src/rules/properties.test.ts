// Primitives under attributes that nobody has thought of: the first and second derivatives of each are right.

import { bind, type Shape, type Tensor } from '@neurite/tensor'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { checkDerivatives } from '../test/check-derivatives.ts'
import { integers, scattered } from '../test/scattered.ts'

const runs = { numRuns: 40 }
const size = fc.integer({ min: 1, max: 3 })

function shapes(minLength: number, maxLength: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 0, max: 3 }), { minLength, maxLength })
}

function axesOf(shape: Shape): number[] {
  return shape.map((_, axis) => axis)
}

function someAxes(shape: Shape): fc.Arbitrary<number[]> {
  return fc.shuffledSubarray(axesOf(shape))
}

/** One choice for each axis. */
function perAxis<T>(shape: Shape, choice: (length: number) => fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.tuple(...shape.map(choice))
}

function holdsFor<T>(cases: fc.Arbitrary<T>, of: (drawn: T) => readonly [Tensor, readonly Tensor[]]): Promise<void> {
  const property = fc.asyncProperty(cases, async (drawn) => checkDerivatives(...of(drawn)))
  return fc.assert(property, runs)
}

describe('derivatives are right for any', () => {
  it('broadcast operands', () =>
    holdsFor(
      shapes(0, 3).chain((shape) =>
        fc.tuple(
          fc.constant(shape),
          fc.tuple(
            ...[0, 1].map(() =>
              fc.tuple(
                perAxis(shape, (n) => fc.constantFrom(1, n)),
                fc.nat(shape.length),
              ),
            ),
          ),
        ),
      ),
      ([, operands]) => {
        const [a, b] = operands.map(([shape, dropped], i) => scattered(shape.slice(dropped), { seed: i + 1 }))
        return [a!.sin().multiply(b!.add(a!)), [a!, b!]]
      },
    ))

  it('permutation and flip', () =>
    holdsFor(
      shapes(0, 4).chain((shape) =>
        fc.record({
          shape: fc.constant(shape),
          order: fc.shuffledSubarray(axesOf(shape), { minLength: shape.length }),
          axes: someAxes(shape),
        }),
      ),
      ({ shape, order, axes }) => {
        const x = scattered(shape)
        return [x.permute(order).flip(axes).square(), [x]]
      },
    ))

  it('slice', () =>
    holdsFor(
      shapes(0, 3).chain((shape) =>
        fc.record({
          shape: fc.constant(shape),
          starts: perAxis(shape, (n) => fc.integer({ min: -n - 1, max: n })),
          stops: perAxis(shape, (n) => fc.integer({ min: -n - 1, max: n + 1 })),
          steps: perAxis(shape, () => size),
        }),
      ),
      ({ shape, ...bounds }) => {
        const x = scattered(shape)
        return [x.slice(bounds).square(), [x]]
      },
    ))

  it('padding, cropping and spreading', () =>
    holdsFor(
      shapes(0, 3).chain((shape) => {
        const amounts = perAxis(shape, (n) => fc.integer({ min: -Math.floor(n / 2), max: 2 }))
        const interior = perAxis(shape, () => fc.nat(2))
        return fc.record({ shape: fc.constant(shape), low: amounts, high: amounts, interior, value: fc.constant(0.5) })
      }),
      ({ shape, ...padding }) => {
        const x = scattered(shape)
        return [x.pad(padding).square(), [x]]
      },
    ))

  it('concatenation', () =>
    holdsFor(
      fc.record({
        shape: shapes(1, 3),
        axis: fc.nat(2),
        lengths: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
      }),
      ({ shape, axis: drawn, lengths }) => {
        const axis = drawn % shape.length
        const parts = lengths.map((length, seed) => scattered(shape.with(axis, length), { seed }))
        return [bind('concatenate', parts, { axis }).square(), parts]
      },
    ))

  it('window, and overlapAdd of windows', () =>
    holdsFor(
      fc
        .array(fc.record({ size, stride: size, dilation: size, rest: fc.nat(3) }), { minLength: 1, maxLength: 2 })
        .chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(axesOf([0, ...list.map(() => 0)]), { minLength: list.length, maxLength: list.length }),
          ),
        ),
      ([list, axes]) => {
        const lengths = list.map(({ size, dilation, rest }) => (size - 1) * dilation + 1 + rest)
        const shape = axesOf([0, ...lengths]).map((axis) => lengths[axes.indexOf(axis)] ?? 2)
        const [strides, dilations] = [list.map(({ stride }) => stride), list.map(({ dilation }) => dilation)]
        const x = scattered(shape)
        const windows = x.window({ axes, sizes: list.map(({ size }) => size), strides, dilations })
        return [windows.sin().overlapAdd({ axes, lengths, strides, dilations }).square(), [x]]
      },
    ))

  it('reduction', () =>
    holdsFor(
      shapes(0, 4).chain((shape) =>
        fc.record({
          shape: fc.constant(shape),
          axes: someAxes(shape),
          primitive: fc.constantFrom('sum', 'product', 'max', 'min'),
          ties: fc.constantFrom('share', 'first'),
        }),
      ),
      ({ shape, axes, primitive, ties }) => {
        // An extremum of nothing is an error.
        const x = scattered(primitive === 'max' || primitive === 'min' ? shape.map((n) => Math.max(1, n)) : shape)
        return [bind(primitive, [x], { axes, ties } as { axes: number[]; ties: 'share' | 'first' }).square(), [x]]
      },
    ))

  it('contraction', () =>
    holdsFor(
      fc
        .array(fc.tuple(fc.constantFrom('batch', 'over', 'left', 'right'), fc.nat(3)), { maxLength: 5 })
        .chain((axes) => {
          const order = (without: string): fc.Arbitrary<number[]> => {
            const own = axes.flatMap(([role], i) => (role === without ? [] : [i]))
            return fc.shuffledSubarray(own, { minLength: own.length })
          }
          return fc.tuple(fc.constant(axes), order('right'), order('left'))
        }),
      ([axes, leftOrder, rightOrder]) => {
        const pairs = (role: string): [number, number][] =>
          axes.flatMap(([own], i) => (own === role ? [[leftOrder.indexOf(i), rightOrder.indexOf(i)]] : []))
        const [left, right] = [leftOrder, rightOrder].map((order, seed) =>
          scattered(
            order.map((i) => axes[i]![1]),
            { seed },
          ),
        )
        return [left!.contract(right!, { batch: pairs('batch'), over: pairs('over') }), [left!, right!]]
      },
    ))

  it('convolution', () =>
    holdsFor(
      fc.record({
        batch: fc.integer({ min: 0, max: 2 }),
        groups: size,
        channels: size,
        outputs: size,
        axes: fc.array(
          fc.record({
            kernel: size,
            stride: size,
            inputDilation: size,
            kernelDilation: size,
            length: fc.integer({ min: 1, max: 4 }),
            low: fc.integer({ min: -1, max: 3 }),
            rest: fc.nat(3),
          }),
          { maxLength: 2 },
        ),
      }),
      ({ batch, groups, channels, outputs, axes }) => {
        const x = scattered([batch, groups, channels, ...axes.map(({ length }) => length)])
        const w = scattered([groups, outputs, channels, ...axes.map(({ kernel }) => kernel)], { seed: 2 })
        const y = bind('convolution', [x, w], {
          strides: axes.map(({ stride }) => stride),
          low: axes.map(({ low }) => low),
          // What the kernel needs, and up to three more.
          high: axes.map(
            ({ kernel, kernelDilation, length, inputDilation, low, rest }) =>
              (kernel - 1) * kernelDilation - (length - 1) * inputDilation - low + rest,
          ),
          inputDilation: axes.map(({ inputDilation }) => inputDilation),
          kernelDilation: axes.map(({ kernelDilation }) => kernelDilation),
        })
        return [y, [x, w]]
      },
    ))

  it('gather and scatterAdd', () =>
    holdsFor(
      fc.record({
        before: shapes(0, 2),
        after: shapes(0, 2),
        length: size,
        indices: shapes(0, 2),
        drawn: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
      }),
      ({ before, after, length, indices: shape, drawn }) => {
        const count = shape.reduce((product, n) => product * n, 1)
        const indices = integers(
          drawn.slice(0, count).map((i) => i % length),
          shape,
        )
        const x = scattered([...before, length, ...after])
        const axis = before.length
        const taken = bind('gather', [x, indices], { axis })
        return [bind('scatterAdd', [taken.sin(), indices], { axis, size: length + 1 }).square(), [x]]
      },
    ))
})
