/** A growable run of bytes. */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** The bytes so far; valid until more are written. */
  view(start = 0, end: number = this.#length): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(start, end)
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1)
    this.#bytes[this.#length++] = value
  }

  /** An instruction's code, as opcodes.ts writes it down. */
  opcode(code: number): void {
    if (code > 0xff) this.byteAndUnsigned(code >> 12, code & 0xfff)
    else if (this.#length < this.#bytes.length) this.#bytes[this.#length++] = code
    else this.byte(code)
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Appends what another writer has written from byte `start` to `end`. */
  appendFrom(other: ByteWriter, start = 0, end: number = other.#length): void {
    const count = end - start
    this.#reserve(count)
    // Short runs are copied faster without a view.
    if (count > 32) this.#bytes.set(other.#bytes.subarray(start, end), this.#length)
    else for (let i = 0; i < count; i++) this.#bytes[this.#length + i] = other.#bytes[start + i]!
    this.#length += count
  }

  /** An unsigned integer of up to 32 bits as LEB128. */
  unsigned(value: number): void {
    let rest = value >>> 0
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.byte(rest)
  }

  /** A byte and an unsigned integer, as most instructions are. */
  byteAndUnsigned(byte: number, value: number): void {
    if (value > 0x7f || value < 0 || this.#length + 2 > this.#bytes.length) {
      this.byte(byte)
      this.unsigned(value)
      return
    }
    this.#bytes[this.#length] = byte
    this.#bytes[this.#length + 1] = value
    this.#length += 2
  }

  /** A signed integer of 32 bits as LEB128. */
  signed(value: number): void {
    let rest = value | 0
    while (rest < -64 || rest > 63) {
      this.byte((rest & 0x7f) | 0x80)
      rest >>= 7
    }
    this.byte(rest & 0x7f)
  }

  float32(value: number): void {
    float32s[0] = value
    this.word(words[0]!)
  }

  float64(value: number): void {
    float64s[0] = value
    // Typed arrays are little-endian wherever WebAssembly is.
    this.word(words[0]!)
    this.word(words[1]!)
  }

  /** 128 bits: four words, the first lowest. */
  vector(a: number, b: number, c: number, d: number): void {
    words[0] = a
    words[1] = b
    words[2] = c
    words[3] = d
    this.append(bytesOfWords)
  }

  /** 32 bits, the lowest byte first. */
  word(value: number): void {
    this.#reserve(4)
    const bytes = this.#bytes
    const at = this.#length
    bytes[at] = value
    bytes[at + 1] = value >> 8
    bytes[at + 2] = value >> 16
    bytes[at + 3] = value >> 24
    this.#length = at + 4
  }

  /** The length of the text in UTF-8, then the text. */
  text(value: string): void {
    const bytes = encoder.encode(value)
    this.unsigned(bytes.length)
    this.append(bytes)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

/** Bytes that an unsigned integer takes as LEB128. */
export function lengthOfUnsigned(value: number): number {
  let length = 1
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) length++
  return length
}

// The same bytes as floats and as words.
const words = new Int32Array(4)
const bytesOfWords = new Uint8Array(words.buffer)
const float32s = new Float32Array(words.buffer)
const float64s = new Float64Array(words.buffer)
const encoder = new TextEncoder()
