import type { ByteWriter } from './byte-writer.ts'
import type { ConstantPool } from './constant-pool.ts'
import { type FunctionReference, FunctionWriter } from './function-writer.ts'
import { type Bytes, customSectionOf, joined, sectionOf, written } from './section.ts'
import { type Signature, type ValueType, valueTypeCode } from './value-type.ts'

/** The name under which `WebAssembly.Instance` finds everything that a module imports. */
export const importNamespace = 'env'

const section = { custom: 0, type: 1, import: 2, function: 3, export: 7, code: 10 } as const
/** The part of the custom section "name" that names functions. */
const functionNames = 1

const external = { function: 0, memory: 2, global: 3 } as const

/** The most pages of 64 KiB that a memory has. */
export const maximumPages = 65536

export interface ModuleOptions {
  /** With a pool, functions load vectors of constants from its addresses. */
  readonly constants?: ConstantPool | undefined
  /** Whether the memory is shared with other threads. */
  readonly isShared?: boolean
}

/** Collects the functions of a module that works on an imported memory, and writes its bytes. */
export class ModuleWriter {
  readonly #constants: ConstantPool | undefined
  readonly #isShared: boolean
  readonly #imports: FunctionReference[] = []
  readonly #functions: FunctionWriter[] = []
  readonly #exports: FunctionReference[] = []
  readonly #globalNumbers = new Map<string, number>()
  readonly #globals: { readonly name: string; readonly type: ValueType; readonly mutable: boolean }[] = []

  constructor({ constants, isShared = false }: ModuleOptions = {}) {
    this.#constants = constants
    this.#isShared = isShared
  }

  /** A function that the instance must be given under this name; the same one for the same name. */
  importFunction(name: string, signature: Signature): FunctionReference {
    const known = this.#imports.find((other) => other.name === name)
    if (known) return known
    const reference = { name, signature }
    this.#imports.push(reference)
    return reference
  }

  /** The number of a global that the instance must be given under this name; the same one for the same name. */
  importGlobal(name: string, { type = 'i32', mutable = false }: { type?: ValueType; mutable?: boolean } = {}): number {
    let number = this.#globalNumbers.get(name)
    if (number === undefined) {
      number = this.#globals.push({ name, type, mutable }) - 1
      this.#globalNumbers.set(name, number)
    }
    return number
  }

  /** A new function. The name is for people. */
  function(name: string, signature: Signature): FunctionWriter {
    const writer = new FunctionWriter(name, signature, this.#constants)
    this.#functions.push(writer)
    return writer
  }

  /** Lets JavaScript call a function under its name. */
  export(target: FunctionReference): void {
    this.#exports.push(target)
  }

  /** The bytes of the module. */
  finish(): Uint8Array<ArrayBuffer> {
    const signatures = new SignatureTable([...this.#imports, ...this.#functions])
    const numbers = new Map([...this.#imports, ...this.#functions].map((target, number) => [target, number]))
    const numberOf = (target: FunctionReference): number => {
      const number = numbers.get(target)
      if (number === undefined) throw new Error(`ModuleWriter: function "${target.name}" is of another module.`)
      return number
    }
    const list = <Item>(
      number: number,
      items: readonly Item[],
      write: (into: ByteWriter, item: Item) => void,
    ): Bytes[] =>
      sectionOf(
        number,
        items.map((item) => [written((into) => write(into, item))]),
      )
    return joined([
      // "\0asm", version 1
      [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...list(section.type, signatures.all, writeSignature),
      ...list(section.import, this.#importsOf(signatures), (into, write) => write(into)),
      ...list(section.function, this.#functions, (into, { signature }) =>
        into.unsigned(signatures.numberOf(signature)),
      ),
      ...list(section.export, this.#exports, (into, target) => {
        into.text(target.name)
        into.byte(external.function)
        into.unsigned(numberOf(target))
      }),
      ...sectionOf(
        section.code,
        this.#functions.map((writer) => writer.entry(numberOf)),
      ),
      ...this.#names(numberOf),
    ])
  }

  /** What profilers and debuggers call the functions. */
  #names(numberOf: (target: FunctionReference) => number): Bytes[] {
    const names = written((into) => {
      into.unsigned(this.#functions.length)
      for (const target of this.#functions) {
        into.unsigned(numberOf(target))
        into.text(target.name)
      }
    })
    const head = written((into) => {
      into.text('name')
      into.byte(functionNames)
      into.unsigned(names.length)
    })
    return customSectionOf(section.custom, [head, names])
  }

  #importsOf(signatures: SignatureTable): ((into: ByteWriter) => void)[] {
    const memory = (into: ByteWriter): void => {
      into.text(importNamespace)
      into.text('memory')
      into.byte(external.memory)
      // Any size will do; a shared memory must have a maximum.
      into.byte(this.#isShared ? 0x03 : 0x00)
      into.unsigned(0)
      if (this.#isShared) into.unsigned(maximumPages)
    }
    const functions = this.#imports.map(({ name, signature }) => (into: ByteWriter): void => {
      into.text(importNamespace)
      into.text(name)
      into.byte(external.function)
      into.unsigned(signatures.numberOf(signature))
    })
    const globals = this.#globals.map(({ name, type, mutable }) => (into: ByteWriter): void => {
      into.text(importNamespace)
      into.text(name)
      into.byte(external.global)
      into.byte(valueTypeCode[type])
      into.byte(mutable ? 1 : 0)
    })
    return [memory, ...functions, ...globals]
  }
}

/** Every signature once. */
class SignatureTable {
  readonly all: Signature[] = []
  readonly #numbers = new Map<string, number>()

  constructor(functions: readonly FunctionReference[]) {
    for (const { signature } of functions) {
      const key = keyOf(signature)
      if (!this.#numbers.has(key)) this.#numbers.set(key, this.all.push(signature) - 1)
    }
  }

  numberOf(signature: Signature): number {
    return this.#numbers.get(keyOf(signature))!
  }
}

function keyOf({ parameters, results }: Signature): string {
  return `${parameters.join()}→${results.join()}`
}

function writeSignature(into: ByteWriter, { parameters, results }: Signature): void {
  into.byte(0x60)
  for (const types of [parameters, results]) {
    into.unsigned(types.length)
    for (const type of types) into.byte(valueTypeCode[type])
  }
}
