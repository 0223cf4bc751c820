const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as HTML. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character]!)
}
