// Fails on a dependency cycle, an upward edge, a deep import or an undeclared package; the rules stand in dependency-rules.mjs.
import { findViolations } from './dependency-direction.mjs'
import { root } from './workspace.mjs'

const violations = findViolations(root)
for (const violation of violations) console.error(violation)
process.exitCode = violations.length === 0 ? 0 : 1
