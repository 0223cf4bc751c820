// Tells bundlers what `"sideEffects": false` says of modules, and they cannot see once modules are merged into one file: definitions do
// nothing but define, and can go where nobody uses them.
import { parseSync, Visitor } from 'oxc-parser'

/**
 * The code of a module where definitions at its top that call, make or spread something are calls that are marked as pure.
 * @param {string} code
 */
export function markPureDefinitions(code) {
  const { program, errors } = parseSync('chunk.js', code)
  if (errors[0]) throw new Error(`The bundle does not parse: ${errors[0].message}`)
  const acts = actsOutsideFunctions(program)
  let marked = ''
  let copied = 0
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration') continue
    for (const { init } of statement.declarations) {
      // A class has its name from the definition.
      if (!init || init.type === 'ClassExpression') continue
      const { start, end } = init
      if (!acts.some((act) => act >= start && act < end)) continue
      marked += `${code.slice(copied, start)}/* @__PURE__ */ (() => (${code.slice(start, end)}))()`
      copied = end
    }
  }
  return marked + code.slice(copied)
}

/**
 * Where something is called, made or spread when the module is loaded.
 * @param {import('oxc-parser').Program} program
 */
function actsOutsideFunctions(program) {
  /** @type {number[]} */
  const acts = []
  let depth = 0
  const enter = () => depth++
  const leave = () => depth--
  /** @param {{ start: number }} node */
  const act = ({ start }) => {
    if (depth === 0) acts.push(start)
  }
  new Visitor({
    FunctionDeclaration: enter,
    'FunctionDeclaration:exit': leave,
    FunctionExpression: enter,
    'FunctionExpression:exit': leave,
    ArrowFunctionExpression: enter,
    'ArrowFunctionExpression:exit': leave,
    CallExpression: act,
    NewExpression: act,
    SpreadElement: act,
    TaggedTemplateExpression: act,
  }).visit(program)
  return acts
}
