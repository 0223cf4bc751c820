import { ShapeError } from '../errors.ts'
import type { IdentityName, ReferenceRules, ShapeRules } from '../primitive.ts'

export const identityShapes: ShapeRules<IdentityName> = {
  stopGradient: ([x]) => x!,
  customGradient: (inputs, { call, place }) => {
    // C1
    if (!Number.isInteger(place) || place < 0 || place >= call.resultCount || inputs.length < call.resultCount)
      throw new ShapeError(
        `customGradient: result ${place} of ${call.resultCount} needs as many values, not ${inputs.length}.`,
      )
    return inputs[place]!
  },
  barrier: ([value]) => {
    // C1
    if (value === undefined) throw new ShapeError('barrier: needs a value.')
    return value
  },
}

export const identityReference: ReferenceRules<IdentityName> = {
  stopGradient: ([x]) => x!.data.slice(),
  customGradient: (inputs, { place }) => inputs[place]!.data.slice(),
  barrier: ([value]) => value!.data.slice(),
}
