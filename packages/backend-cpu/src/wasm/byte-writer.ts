/** A growing list of bytes: pushing numbers is the fastest that an engine does before it has optimized anything. */
export class ByteWriter {
  readonly bytes: number[] = []

  get length(): number {
    return this.bytes.length
  }

  byte(value: number): void {
    this.bytes.push(value)
  }

  /** An instruction's code, as opcodes.ts writes it down. */
  opcode(code: number): void {
    if (code <= 0xff) this.bytes.push(code)
    else if ((code & 0xfff) <= 0x7f) this.bytes.push(code >> 12, code & 0xfff)
    else this.byteAndUnsigned(code >> 12, code & 0xfff)
  }

  /** An unsigned integer of up to 32 bits as LEB128. */
  unsigned(value: number): void {
    let rest = value >>> 0
    while (rest > 0x7f) {
      this.bytes.push((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    this.bytes.push(rest)
  }

  /** A byte and an unsigned integer, as most instructions are. */
  byteAndUnsigned(byte: number, value: number): void {
    if (value <= 0x7f && value >= 0) this.bytes.push(byte, value)
    else {
      this.bytes.push(byte)
      this.unsigned(value)
    }
  }

  /** A signed integer of 32 bits as LEB128. */
  signed(value: number): void {
    let rest = value | 0
    while (rest < -64 || rest > 63) {
      this.bytes.push((rest & 0x7f) | 0x80)
      rest >>= 7
    }
    this.bytes.push(rest & 0x7f)
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

  /** 32 bits, the lowest byte first. */
  word(value: number): void {
    this.bytes.push(value & 0xff, (value >> 8) & 0xff, (value >> 16) & 0xff, value >>> 24)
  }

  /** The length of the text in UTF-8, then the text. */
  text(value: string): void {
    const bytes = encoder.encode(value)
    this.unsigned(bytes.length)
    this.bytes.push(...bytes)
  }
}

// The same bytes as floats and as words.
const words = new Int32Array(2)
const float32s = new Float32Array(words.buffer)
const float64s = new Float64Array(words.buffer)
const encoder = new TextEncoder()
