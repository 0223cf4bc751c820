/** @typedef {import('vitest/node').Reporter} Reporter */

/**
 * Ends a test run with one plain line of totals: `128 passed, 0 failed, 3 skipped`.
 * Files that do not load and errors outside any test count as failed.
 * @implements {Reporter}
 */
export default class ClosingLineReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const totals = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 }
    for (const module of modules) {
      totals.failed += module.errors().length
      for (const test of module.children.allTests()) totals[test.result().state] += 1
    }
    const { passed, failed, skipped, pending } = totals
    console.log(`${passed} passed, ${failed} failed, ${skipped + pending} skipped`)
  }
}
