// The text of the module that runs an exported step. It is the same for all of them: the `.wasm` file says what it holds.

import { type StepDescription, sectionName } from './step-description.ts'

/** What the loader and the files that it loads must agree on. */
export const formatVersion: StepDescription['version'] = 1

// A text and no function's `toString`, which bundlers and coverage tools would change. Its messages are joined with +, since
// it stands in a template itself.
export const loaderText: string = `// Runs a function that @neurite/compiler has exported as WebAssembly. It needs nothing but WebAssembly with SIMD.

const arrays = { float32: Float32Array, float64: Float64Array, int32: Int32Array, uint8: Uint8Array, bool: Uint8Array }

export async function load(source) {
  const module = await compile(await source)
  const step = describe(module)
  const memory = new WebAssembly.Memory({ initial: step.pages, maximum: step.pages })
  const env = { memory, ...operations, ...step.globals }
  const { exports } = await WebAssembly.instantiate(module, { env })
  const viewOf = ({ dtype, shape, address }) => new arrays[dtype](memory.buffer, address, sizeOf(shape))
  const inputs = step.inputs.map((input) => ({ place: input.place, view: viewOf(input) }))
  const outputs = step.outputs.map(viewOf)
  const states = step.states.map((state, index) => ({ kind: 'tensor', ...state, view: viewOf(state) }))
  step.arguments.forEach((argument, place) => prepare(argument, 'argument ' + place))
  states.forEach((state, index) => prepare(state, 'state ' + index))

  const stateAt = (method, index) => {
    if (Number.isInteger(index) && index >= 0 && index < states.length) return states[index]
    throw new RangeError(method + ': there is no state ' + show(index) + '; the step has ' + states.length + '.')
  }
  const fault = () => {
    const [number, value] = new Int32Array(memory.buffer, step.fault, 2)
    return new Error(step.faults[number - 1].replaceAll('{value}', String(value)))
  }

  return {
    states: step.states.map(({ dtype, shape }) => ({ dtype, shape })),
    run(...values) {
      if (values.length > step.arguments.length)
        throw new TypeError('run: takes ' + step.arguments.length + ' arguments, but got ' + values.length + '.')
      const tensors = []
      for (let i = 0; i < step.arguments.length; i++) collect(step.arguments[i], values[i], tensors)
      for (const { place, view } of inputs) copy(tensors[place], view)
      if (exports.run(step.arena) !== 0) throw fault()
      let next = 0
      return build(step.result, () => copyOf(outputs[next++]))
    },
    readState: (index) => copyOf(stateAt('readState', index).view),
    writeState(index, values) {
      const state = stateAt('writeState', index)
      checkTensor('writeState', state, values)
      copy(values, state.view)
    },
  }
}

async function compile(source) {
  if (tagOf(source) === 'WebAssembly.Module') return source
  const isResponse = tagOf(source) === 'Response'
  if (isResponse && !source.ok) throw new Error('load: the server answered ' + source.status + ' for ' + source.url + '.')
  const bytes = isResponse ? await source.arrayBuffer() : source
  if (!ArrayBuffer.isView(bytes) && tagOf(bytes) !== 'ArrayBuffer')
    throw new TypeError(
      'load: takes the bytes of the .wasm file, a Response with them or a WebAssembly.Module, but got ' + show(source) + '.',
    )
  try {
    return await WebAssembly.compile(bytes)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      'load: the engine refuses the bytes as WebAssembly (it must know what the engine that exported them knows): ' + reason,
      { cause: error },
    )
  }
}

function describe(module) {
  const [section] = WebAssembly.Module.customSections(module, '${sectionName}')
  if (section === undefined) throw new Error('load: the module is none that @neurite/compiler has exported.')
  const step = JSON.parse(new TextDecoder().decode(section))
  if (step.version === ${formatVersion}) return step
  throw new Error('load: the module has format ' + step.version + ', but the loader knows ${formatVersion}; use the loader exported with it.')
}

// So that a call need not make them.
function prepare(structure, path) {
  structure.path = path
  if (structure.kind === 'tensor') structure.size = sizeOf(structure.shape)
  const nameOf = { list: (i) => '[' + i + ']', record: (i) => '.' + structure.names[i], map: (i) => '.get(' + show(structure.keys[i]) + ')' }
  structure.items?.forEach((item, i) => prepare(item, path + nameOf[structure.kind](i)))
}

function collect(structure, value, tensors) {
  const { kind, path, items } = structure
  switch (kind) {
    case 'tensor':
      checkTensor('run', structure, value)
      tensors.push(value)
      return
    case 'fixed':
      if (value !== structure.value) refuse('run', path, show(structure.value) + ', as it was exported', value)
      return
    case 'list':
      if (!Array.isArray(value) || value.length !== items.length) refuse('run', path, 'a list of ' + items.length, value)
      for (let i = 0; i < items.length; i++) collect(items[i], value[i], tensors)
      return
    case 'record': {
      const { names } = structure
      const expected = 'a record of ' + (names.join(', ') || 'nothing')
      if (tagOf(value) !== 'Object') refuse('run', path, expected, value)
      const missing = names.find((name) => !Object.hasOwn(value, name))
      if (missing !== undefined || Object.keys(value).length !== names.length) refuse('run', path, expected, value)
      for (let i = 0; i < items.length; i++) collect(items[i], value[names[i]], tensors)
      return
    }
    case 'map': {
      const { keys } = structure
      const fits = tagOf(value) === 'Map' && value.size === keys.length && keys.every((key) => value.has(key))
      if (!fits) refuse('run', path, 'a map of ' + (keys.map(show).join(', ') || 'nothing'), value)
      for (let i = 0; i < items.length; i++) collect(items[i], value.get(keys[i]), tensors)
    }
  }
}

function checkTensor(method, { dtype, shape, size, path }, value) {
  const type = arrays[dtype]
  const isOfType = value?.constructor === type || tagOf(value) === type.name
  if (!isOfType || value.length !== size)
    refuse(method, path, 'a ' + type.name + ' of ' + size + ' elements (' + dtype + ' [' + shape.join(', ') + '])', value)
  if (dtype !== 'bool') return
  const wrong = value.find((element) => element > 1)
  if (wrong !== undefined) throw new RangeError(method + ': ' + path + ' must hold 0 and 1, but holds ' + wrong + '.')
}

function refuse(method, path, expected, value) {
  throw new TypeError(method + ': ' + path + ' must be ' + expected + ', but is ' + show(value) + '.')
}

function build(structure, next) {
  switch (structure.kind) {
    case 'tensor':
      return next()
    case 'fixed':
      return structure.value
    case 'list':
      return structure.items.map((item) => build(item, next))
    case 'record':
      return Object.fromEntries(structure.items.map((item, i) => [structure.names[i], build(item, next)]))
    case 'map':
      return new Map(structure.items.map((item, i) => [structure.keys[i], build(item, next)]))
  }
}

// Few elements are copied faster one by one.
const fewElements = 48

function copy(from, to) {
  if (to.length > fewElements) to.set(from)
  else for (let i = 0; i < to.length; i++) to[i] = from[i]
}

function copyOf(values) {
  if (values.length > fewElements) return values.slice()
  const result = new values.constructor(values.length)
  copy(values, result)
  return result
}

function show(value) {
  if (ArrayBuffer.isView(value)) return 'a ' + tagOf(value) + ' of ' + (value.length ?? value.byteLength) + ' elements'
  if (Array.isArray(value)) return 'a list of ' + value.length
  if (tagOf(value) === 'Map') return 'a map of ' + ([...value.keys()].map(String).join(', ') || 'nothing')
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'object' || value === null) return String(value)
  return tagOf(value) === 'Object' ? 'a record of ' + (Object.keys(value).join(', ') || 'nothing') : 'a ' + tagOf(value)
}

// Also of arrays from another realm.
function tagOf(value) {
  return Object.prototype.toString.call(value).slice(8, -1)
}

function sizeOf(shape) {
  return shape.reduce((size, length) => size * length, 1)
}

// What the module may import, on float64.
const operations = {
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  erf,
  sigmoid(x) {
    if (x >= 0) return 1 / (1 + Math.exp(-x))
    const small = Math.exp(x)
    return small / (1 + small)
  },
  // JavaScript's ** gives NaN in two places where C's pow gives 1.
  power: (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b),
  remainder(a, b) {
    const rest = a % b
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
  },
}

// Abramowitz & Stegun 1964: the series 7.1.6 near zero, beyond it the continued fraction 7.1.14 of the complement.
function erf(x) {
  const size = Math.abs(x)
  if (size >= 6) return Math.sign(x)
  if (size >= 2.5) {
    let tail = size
    for (let level = 40; level > 0; level--) tail = size + level / 2 / tail
    return Math.sign(x) * (1 - Math.exp(-size * size) / (Math.sqrt(Math.PI) * tail))
  }
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= (2 * x * x) / (2 * n + 1)
    sum += term
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}
`
