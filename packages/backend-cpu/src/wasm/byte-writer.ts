/** A growable run of bytes. */
export class ByteWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The bytes so far; valid until more are written. */
  view(start = 0, end: number = this.#length): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(start, end)
  }

  byte(value: number): void {
    if (this.#length === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#length++] = value
  }

  append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#bytes.length) this.#grow(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
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
    scratch.setFloat32(0, value, true)
    for (let i = 0; i < 4; i++) this.byte(scratch.getUint8(i))
  }

  float64(value: number): void {
    scratch.setFloat64(0, value, true)
    for (let i = 0; i < 8; i++) this.byte(scratch.getUint8(i))
  }

  /** The length of the text in UTF-8, then the text. */
  text(value: string): void {
    const bytes = encoder.encode(value)
    this.unsigned(bytes.length)
    this.append(bytes)
  }

  #grow(atLeast: number): void {
    const larger = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + atLeast))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

const scratch = new DataView(new ArrayBuffer(8))
const encoder = new TextEncoder()
