/** A share from 0 to 1 as people read it: `96.1 %`. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
