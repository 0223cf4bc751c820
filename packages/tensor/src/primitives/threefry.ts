// Threefry-2x32 with 20 rounds: Salmon, Moraes, Dror & Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3", §3.3.

const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const
// Keeps a key of zeros from being a fixed point (Skein's C240, 32 bits of it).
const parity = 0x1bd11bda

/** The two random words that belong to a key and a counter; words are int32, which is 32 bits read as signed. */
export function threefry(key: readonly [number, number], counter: readonly [number, number]): [number, number] {
  const schedule = [key[0], key[1], key[0] ^ key[1] ^ parity] as const
  let x = (counter[0] + key[0]) | 0
  let y = (counter[1] + key[1]) | 0
  for (let round = 0; round < 20; round++) {
    const rotation = rotations[(round % 8) as 0]
    x = (x + y) | 0
    y = ((y << rotation) | (y >>> (32 - rotation))) ^ x
    if (round % 4 !== 3) continue
    const injection = (round + 1) / 4
    x = (x + schedule[(injection % 3) as 0]) | 0
    y = (y + schedule[((injection + 1) % 3) as 0] + injection) | 0
  }
  return [x, y]
}
