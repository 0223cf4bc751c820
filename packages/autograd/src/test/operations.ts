// The operations of PyTorch's recorded cases, as tensors have them.

import {
  averagePool1d,
  averagePool2d,
  averagePool3d,
  celu,
  concatenate,
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  einsum,
  elu,
  gelu,
  hardLimiter,
  hardSigmoid,
  hardSwish,
  hardTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  logSumExp,
  maxout,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  mish,
  relu,
  relu6,
  scatterAdd,
  selu,
  sigmoid,
  silu,
  softmax,
  softmin,
  softplus,
  split,
  stack,
  type Tensor,
  tanh,
  where,
} from '@neurite/tensor'

// biome-ignore lint/suspicious/noExplicitAny: recorded attributes are whatever PyTorch's functions take.
export type Attributes = Readonly<Record<string, any>>
export type Operation = (inputs: readonly Tensor[], attributes: Attributes) => Tensor | readonly Tensor[]
// biome-ignore lint/suspicious/noExplicitAny: inputs that are lists of tensors or numbers are taken apart where they occur.
type LooseInput = any

/** By PyTorch's names. */
export const operations: Readonly<Record<string, Operation>> = {
  // --- activations ---
  sigmoid: ([x]) => sigmoid(x!),
  tanh: ([x]) => tanh(x!),
  relu: ([x]) => relu(x!),
  relu6: ([x]) => relu6(x!),
  leaky_relu: ([x], { negative_slope = 0.01 }) => leakyRelu(x!, negative_slope),
  elu: ([x], { alpha }) => elu(x!, alpha),
  selu: ([x]) => selu(x!),
  celu: ([x], { alpha }) => celu(x!, alpha),
  gelu: ([x], { approximate = 'none' }) => gelu(x!, { approximate }),
  softplus: ([x], options) => softplus(x!, options),
  silu: ([x]) => silu(x!),
  mish: ([x]) => mish(x!),
  hardsigmoid: ([x]) => hardSigmoid(x!),
  hardswish: ([x]) => hardSwish(x!),
  hardtanh: ([x], { min_val = -1, max_val = 1 }) => hardTanh(x!, { min: min_val, max: max_val }),
  logsigmoid: ([x]) => logSigmoid(x!),
  hard_limiter: ([x], { symmetric = false }) => hardLimiter(x!, { symmetric }),
  threshold_logic: ([x]) => x!.clamp({ min: 0, max: 1 }),
  softmax: ([x], { dim }) => softmax(x!, dim),
  log_softmax: ([x], { dim }) => logSoftmax(x!, dim),
  softmin: ([x], { dim }) => softmin(x!, dim),
  maxout: ([x], { pieces, dim }) => maxout(x!, { pieces, axis: dim }),

  // --- elementwise ---
  neg: ([x]) => x!.negate(),
  abs: ([x]) => x!.absolute(),
  exp: ([x]) => x!.exp(),
  sin: ([x]) => x!.sin(),
  cos: ([x]) => x!.cos(),
  square: ([x]) => x!.square(),
  expm1: ([x]) => x!.expm1(),
  erf: ([x]) => x!.erf(),
  sign: ([x]) => x!.sign(),
  floor: ([x]) => x!.floor(),
  ceil: ([x]) => x!.ceil(),
  trunc: ([x]) => x!.truncate(),
  round: ([x]) => x!.round(),
  sqrt: ([x]) => x!.sqrt(),
  log: ([x]) => x!.log(),
  rsqrt: ([x]) => x!.sqrt().reciprocal(),
  reciprocal: ([x]) => x!.reciprocal(),
  log1p: ([x]) => x!.log1p(),
  add: ([x, y], { alpha = 1 }) => x!.add(y!.multiply(alpha)),
  sub: ([x, y], { alpha = 1 }) => x!.subtract(y!.multiply(alpha)),
  mul: ([x, y]) => x!.multiply(y!),
  div: ([x, y], { rounding_mode }) => {
    if (rounding_mode === 'floor') return x!.floorDivide(y!)
    return rounding_mode === 'trunc' ? x!.divide(y!).truncate() : x!.divide(y!)
  },
  maximum: ([x, y]) => x!.maximum(y!),
  minimum: ([x, y]) => x!.minimum(y!),
  pow: ([x, y], { exponent }) => x!.power(y ?? exponent),
  remainder: ([x, y]) => x!.remainder(y!),
  eq: ([x, y]) => x!.equal(y!),
  ne: ([x, y]) => x!.notEqual(y!),
  lt: ([x, y]) => x!.less(y!),
  le: ([x, y]) => x!.lessEqual(y!),
  gt: ([x, y]) => x!.greater(y!),
  ge: ([x, y]) => x!.greaterEqual(y!),
  logical_and: ([x, y]) => x!.cast('bool').and(y!.cast('bool')),
  logical_or: ([x, y]) => x!.cast('bool').or(y!.cast('bool')),
  logical_xor: ([x, y]) => x!.cast('bool').xor(y!.cast('bool')),
  logical_not: ([x]) => x!.cast('bool').not(),
  clamp: ([x], bounds) => x!.clamp(bounds),
  addcmul: ([x, y, z], { value }) => x!.add(y!.multiply(z!).multiply(value)),
  where: ([condition, x, y]) => where(condition!, x!, y!),
  cast_int: ([x]) => x!.cast('int32'),

  // --- movement ---
  reshape: ([x], { shape }) => x!.reshape(shape),
  flatten: ([x], { start_dim = 0, end_dim = -1 }) => x!.flatten(start_dim, end_dim),
  transpose: ([x], { dim0, dim1 }) => x!.transpose(dim0, dim1),
  permute: ([x], { dims }) => x!.permute(dims),
  squeeze: ([x], { dim }) => (dim === undefined || x!.shape.at(dim) === 1 ? x!.squeeze(dim) : x!),
  unsqueeze: ([x], { dim }) => x!.unsqueeze(dim),
  expand: ([x], { size }) => {
    const added = size.length - x!.rank
    return x!.broadcastTo(size.map((length: number, axis: number) => (length === -1 ? x!.shape[axis - added] : length)))
  },
  slice: ([x], bounds) => x!.slice(bounds as { starts: number[] }),
  select: ([x], { dim, index }) => x!.select(dim, index),
  narrow: ([x], { dim, start, length }) => x!.narrow(dim, start, length),
  pad: ([x], { pad, value = 0 }) => {
    // PyTorch lists [low, high] pairs from the last axis backwards.
    const pair = (axis: number, side: 0 | 1): number => pad[2 * (x!.rank - 1 - axis) + side] ?? 0
    const axes: number[] = x!.shape.map((_: number, axis: number) => axis)
    return x!.pad({ low: axes.map((axis) => pair(axis, 0)), high: axes.map((axis) => pair(axis, 1)), value })
  },
  flip: ([x], { dims }) => x!.flip(dims),
  unfold_dim: ([x], { dimension, size, step }) => x!.window({ axes: [dimension], sizes: [size], strides: [step] }),
  cat: ([list], { dim }) => concatenate(list as LooseInput, dim),
  stack: ([list], { dim }) => stack(list as LooseInput, dim),
  split: ([x], { split_size_or_sections, dim }) => split(x!, split_size_or_sections, dim),

  // --- reduction ---
  sum: ([x], { dim, keepdim = false }) => x!.sum(dim, { keepAxes: keepdim }),
  mean: ([x], { dim, keepdim = false }) => x!.mean(dim, { keepAxes: keepdim }),
  prod: ([x], { dim, keepdim = false }) => x!.product(dim, { keepAxes: keepdim }),
  amax: ([x], { dim, keepdim = false }) => x!.max(dim, { keepAxes: keepdim }),
  amin: ([x], { dim, keepdim = false }) => x!.min(dim, { keepAxes: keepdim }),
  max: ([x], { dim, keepdim = false }) =>
    dim === undefined ? x!.max() : x!.max(dim, { keepAxes: keepdim, ties: 'first' }),
  min: ([x], { dim, keepdim = false }) =>
    dim === undefined ? x!.min() : x!.min(dim, { keepAxes: keepdim, ties: 'first' }),
  argmax: ([x], { dim, keepdim = false }) => x!.argMax(dim, { keepAxes: keepdim }),
  argmin: ([x], { dim, keepdim = false }) => x!.argMin(dim, { keepAxes: keepdim }),
  any: ([x], { dim, keepdim = false }) => x!.any(dim, { keepAxes: keepdim }),
  all: ([x], { dim, keepdim = false }) => x!.all(dim, { keepAxes: keepdim }),
  var: ([x], { dim, keepdim = false, unbiased = true }) =>
    x!.variance(dim, { keepAxes: keepdim, correction: unbiased ? 1 : 0 }),
  std: ([x], { dim, keepdim = false, unbiased = true }) =>
    x!.standardDeviation(dim, { keepAxes: keepdim, correction: unbiased ? 1 : 0 }),
  logsumexp: ([x], { dim, keepdim = false }) => logSumExp(x!, dim, { keepAxes: keepdim }),

  // --- contraction ---
  matmul: ([x, y]) => x!.matmul(y!),
  bmm: ([x, y]) => x!.matmul(y!),
  mv: ([x, y]) => x!.matmul(y!),
  dot: ([x, y]) => x!.dot(y!),
  outer: ([x, y]) => x!.contract(y!, {}),
  addmm: ([x, a, b], { alpha = 1, beta = 1 }) => x!.multiply(beta).add(a!.matmul(b!).multiply(alpha)),
  baddbmm: ([x, a, b]) => x!.add(a!.matmul(b!)),
  tensordot: ([a, b], { dims }) =>
    a!.contract(b!, { over: dims[0].map((axis: number, i: number) => [axis, dims[1][i]]) }),
  einsum: ([operands], { equation }) => einsum(equation, ...(operands as LooseInput)),
  linear: ([x, w, b]) => x!.matmul(w!.transpose()).add(b!),
  conv1d: ([x, weight, bias], options) => conv1d(x!, weight!, { ...options, bias }),
  conv2d: ([x, weight, bias], options) => conv2d(x!, weight!, { ...options, bias }),
  conv3d: ([x, weight, bias], options) => conv3d(x!, weight!, { ...options, bias }),
  conv_transpose1d: ([x, weight, bias], options) => convTranspose1d(x!, weight!, transposedOptions(options, bias)),
  conv_transpose2d: ([x, weight, bias], options) => convTranspose2d(x!, weight!, transposedOptions(options, bias)),
  max_pool1d: ([x], options) => maxPool1d(x!, poolingOptions(options)),
  max_pool2d: ([x], options) => maxPool2d(x!, poolingOptions(options)),
  max_pool3d: ([x], options) => maxPool3d(x!, poolingOptions(options)),
  avg_pool1d: ([x], options) => averagePool1d(x!, poolingOptions(options)),
  avg_pool2d: ([x], options) => averagePool2d(x!, poolingOptions(options)),
  avg_pool3d: ([x], options) => averagePool3d(x!, poolingOptions(options)),

  // --- indexing ---
  gather: ([x, index], { dim }) => x!.takeAlongAxis(index!, dim),
  take_along_dim: ([x, indices], { dim }) => x!.takeAlongAxis(indices!, dim),
  index_select: ([x, index], { dim }) => x!.take(index!, dim),
  embedding: ([indices, weight]) => weight!.take(indices!, 0),
  one_hot: ([x], { num_classes }) => x!.oneHot(num_classes),
  index_add: ([x, index, source], { dim }) =>
    x!.add(scatterAdd(source!, index!, { axis: dim, size: x!.shape.at(dim)! })),
  masked_fill: ([x, mask], { value }) => where(mask!, value, x!),

  // --- compositions ---
  layer_norm: ([x, weight, bias]) => normalized(x!, 1e-5).multiply(weight!).add(bias!),
  rms_normalise: ([x]) => x!.divide(x!.square().mean(-1, { keepAxes: true }).add(1e-5).sqrt()),
  mse_loss: ([x, y]) => x!.subtract(y!).square().mean(),
  cross_entropy: ([x, labels]) => logSoftmax(x!, 1).multiply(labels!.oneHot(x!.shape[1])).sum(1).mean().negate(),
  binary_cross_entropy_with_logits: ([x, y]) => softplus(x!).subtract(x!.multiply(y!)).mean(),
  two_layer_tanh: ([x, w1, w2]) => x!.matmul(w1!).tanh().matmul(w2!),
  rosenbrock: ([x]) => {
    const [head, tail] = [x!.slice({ starts: [0], stops: [-1] }), x!.slice({ starts: [1] })]
    const valley = tail.subtract(head.square()).square().multiply(100)
    return valley.add(head.negate().add(1).square()).sum()
  },
}

function transposedOptions({ output_padding = 0, ...options }: Attributes, bias: Tensor | undefined): Attributes {
  return { ...options, outputPadding: output_padding, bias }
}

function poolingOptions({ kernel_size, count_include_pad = true, ...options }: Attributes): {
  kernelSize: number
  countIncludePad: boolean
} {
  return { kernelSize: kernel_size, countIncludePad: count_include_pad, ...options }
}

/** Whether a case's attributes ask for what tensors cannot do. */
export function isUnsupported(op: string, attributes: Attributes): boolean {
  return !(op in operations) || (unsupported[op]?.(attributes) ?? false)
}

const unsupported: Readonly<Record<string, (attributes: Attributes) => boolean>> = {
  pad: ({ mode = 'constant' }) => mode !== 'constant',
  avg_pool2d: ({ ceil_mode = false, divisor_override }) => ceil_mode || divisor_override !== undefined,
  avg_pool1d: ({ ceil_mode = false }) => ceil_mode,
  max_pool2d: ({ ceil_mode = false }) => ceil_mode,
  logsumexp: ({ dim }) => typeof dim !== 'number',
  embedding: ({ padding_idx }) => padding_idx !== undefined,
  cross_entropy: ({ reduction = 'mean' }) => reduction !== 'mean',
  binary_cross_entropy_with_logits: ({ reduction = 'mean' }) => reduction !== 'mean',
}

function normalized(x: Tensor, epsilon: number): Tensor {
  const centred = x.subtract(x.mean(-1, { keepAxes: true }))
  return centred.divide(x.variance(-1, { correction: 0, keepAxes: true }).add(epsilon).sqrt())
}
