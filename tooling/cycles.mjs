/**
 * Closed paths along `edges`, the first node repeated at the end: `['a', 'b', 'a']`. Empty exactly where there is no cycle;
 * of several cycles through the same nodes not every one is listed.
 * @param {ReadonlyMap<string, readonly string[]>} edges from each node to those it points at
 * @returns {string[][]}
 */
export function findCycles(edges) {
  /** @type {string[][]} */
  const cycles = []
  /** @type {Set<string>} */
  const finished = new Set()
  /** @type {string[]} */
  const path = []

  /** @param {string} node */
  function visit(node) {
    if (finished.has(node)) return
    const seen = path.indexOf(node)
    if (seen >= 0) {
      cycles.push([...path.slice(seen), node])
      return
    }
    path.push(node)
    for (const next of edges.get(node) ?? []) visit(next)
    path.pop()
    finished.add(node)
  }

  for (const node of edges.keys()) visit(node)
  return cycles
}
