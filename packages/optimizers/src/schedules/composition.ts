import type { ScheduleRule } from './schedule-rule.ts'

/**
 * One schedule after the other, each counting its own steps from 0. PyTorch's SequentialLR.
 * @param milestones The steps at which the second, third, … take over.
 * @throws RangeError unless there is one milestone fewer than schedules, and they rise.
 */
export function inSequence(rules: readonly ScheduleRule[], milestones: readonly number[]): ScheduleRule {
  const rises = milestones.every((milestone, i) => milestone > (milestones[i - 1] ?? 0))
  if (milestones.length !== rules.length - 1 || !rises)
    throw new RangeError(
      `inSequence: ${rules.length} schedules with milestones ${milestones.join(', ')}; there must be one fewer, rising from 1 on.`,
    )
  const at = (step: number): readonly [ScheduleRule, number] => {
    const reached = milestones.filter((milestone) => step >= milestone).length
    return [rules[reached]!, step - (milestones[reached - 1] ?? 0)]
  }
  const own = {
    rate: (step: number, base: number): number => {
      const [rule, place] = at(step)
      return rule.rate(place, base)
    },
  }
  if (!rules.every(({ momentum }) => momentum !== undefined)) return own
  const momentum = (step: number): number => {
    const [rule, place] = at(step)
    return rule.momentum!(place)
  }
  return { ...own, momentum }
}

/** Several schedules at once: each gets as base what the one before gives, such as a decay and a warm-up. PyTorch's ChainedScheduler. */
export function chained(...rules: readonly ScheduleRule[]): ScheduleRule {
  const rate = (step: number, base: number): number => rules.reduce((found, rule) => rule.rate(step, found), base)
  const moving = rules.findLast(({ momentum }) => momentum !== undefined)
  return moving === undefined ? { rate } : { rate, momentum: (step) => moving.momentum!(step) }
}
