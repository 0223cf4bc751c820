/** Bytes that are no valid safetensors file, or arrays that cannot be written as one. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError'
}

/** A tensor's name as errors show it: quoted, and cut where a hostile file made it long. */
export function showName(name: string): string {
  return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)
}
