// TensorBoard's event files: TFRecords (length, payload and their checksums) of protocol buffers `Event`. The fields are those of
// tensorflow/core/util/event.proto and tensorflow/core/framework/summary.proto.

import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import crc32c from 'crc-32/crc32c.js'

/** Something that happened, `wallTime` seconds after 1970. */
export type Event = { readonly wallTime: number; readonly step: number } & (
  | { readonly fileVersion: string }
  | { readonly scalars: Readonly<Record<string, number>> }
  | { readonly sessionStarts: true }
)

/** The first event of a file says this. */
export const fileVersion = 'brain.Event:2'

/** SessionLog.SessionStatus.START: readers drop what files before say of this step and later ones. */
const sessionStart = 1

/** An event as a record to be appended to a file. */
export function encodeEvent(event: Event): Uint8Array {
  const message = new BinaryWriter().tag(1, WireType.Bit64).double(event.wallTime)
  message.tag(2, WireType.Varint).int64(event.step)
  if ('fileVersion' in event) message.tag(3, WireType.LengthDelimited).string(event.fileVersion)
  else if ('scalars' in event) message.tag(5, WireType.LengthDelimited).bytes(encodeSummary(event.scalars))
  else
    message
      .tag(7, WireType.LengthDelimited)
      .bytes(new BinaryWriter().tag(1, WireType.Varint).int32(sessionStart).finish())
  return record(message.finish())
}

function encodeSummary(scalars: Readonly<Record<string, number>>): Uint8Array {
  const summary = new BinaryWriter()
  for (const [tag, value] of Object.entries(scalars)) {
    const entry = new BinaryWriter().tag(1, WireType.LengthDelimited).string(tag).tag(2, WireType.Bit32).float(value)
    summary.tag(1, WireType.LengthDelimited).bytes(entry.finish())
  }
  return summary.finish()
}

/** length (8 bytes), checksum of it, payload, checksum of it; all little-endian. */
function record(payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + 4 + payload.length + 4)
  const view = new DataView(bytes.buffer)
  view.setBigUint64(0, BigInt(payload.length), true)
  view.setUint32(8, maskedChecksum(bytes.subarray(0, 8)), true)
  bytes.set(payload, 12)
  view.setUint32(12 + payload.length, maskedChecksum(payload), true)
  return bytes
}

/** A CRC of data that contains CRCs is weak: TFRecords turn and move theirs (tensorflow/core/lib/hash/crc32c.h). */
function maskedChecksum(bytes: Uint8Array): number {
  const checksum = crc32c.buf(bytes) >>> 0
  return (((checksum >>> 15) | (checksum << 17)) + 0xa282ead8) >>> 0
}
