// @neurite/classic: Lippmann's six nets, the classifiers they resemble, and decision regions. In reading order:

// --- patterns ---

export { bitmap, showBitmap } from './patterns/bitmap.ts'
export { digitPatterns, digitWidth, type NamedPattern } from './patterns/digits.ts'
export { letterPatterns, letterWidth } from './patterns/letters.ts'
export { flipBits, randomPatterns } from './patterns/noise.ts'
export type { Pattern, Patterns } from './patterns/pattern.ts'

// --- binary inputs, supervised: the Hopfield net ---

export type { GradedRecall, GradedRecallOptions } from './hopfield/graded-recall.ts'
export { gradedRecall } from './hopfield/graded-recall.ts'
export type {
  ExemplarMatch,
  HopfieldOptions,
  HopfieldRecall,
  HopfieldRecallOptions,
  HopfieldStep,
} from './hopfield/hopfield-net.ts'
export { HopfieldNet } from './hopfield/hopfield-net.ts'
export type { HopfieldRule } from './hopfield/learning-rules.ts'
export { makeStorable } from './hopfield/make-storable.ts'
export type { OnZero } from './hopfield/update.ts'

// --- binary inputs, supervised: the Hamming net and its MAXNET ---

export type { ComparatorTreeResult } from './hamming/comparator-tree.ts'
export { comparatorTree } from './hamming/comparator-tree.ts'
export type { HammingOptions, HammingResult } from './hamming/hamming-net.ts'
export { HammingNet } from './hamming/hamming-net.ts'
export type { MaxnetOptions, MaxnetResult, MaxnetStep } from './hamming/maxnet.ts'
export { Maxnet } from './hamming/maxnet.ts'

// --- binary inputs, unsupervised: the Carpenter–Grossberg net (ART1) ---

export type {
  CarpenterGrossbergOptions,
  CarpenterGrossbergResult,
  CarpenterGrossbergStep,
} from './carpenter-grossberg/carpenter-grossberg-net.ts'
export { CarpenterGrossbergNet } from './carpenter-grossberg/carpenter-grossberg-net.ts'

// --- real inputs, supervised: the perceptron ---

export type { PerceptronRule } from './perceptron/learning-rules.ts'
export type { NovikoffBound } from './perceptron/novikoff-bound.ts'
export { novikoffBound } from './perceptron/novikoff-bound.ts'
export type {
  PerceptronOptions,
  PerceptronStep,
  PerceptronTraining,
  PerceptronTrainingOptions,
} from './perceptron/perceptron.ts'
export { Perceptron } from './perceptron/perceptron.ts'

// --- real inputs, supervised: the multi-layer perceptron ---

export type { SigmoidLayer } from './multi-layer-perceptron/back-propagation.ts'
export type {
  MultiLayerPerceptronEpoch,
  MultiLayerPerceptronOptions,
  MultiLayerPerceptronTraining,
  MultiLayerPerceptronTrainingOptions,
} from './multi-layer-perceptron/multi-layer-perceptron.ts'
export { MultiLayerPerceptron } from './multi-layer-perceptron/multi-layer-perceptron.ts'
export type { Problem } from './multi-layer-perceptron/problems.ts'
export { circleProblem, encoderProblem, parityProblem } from './multi-layer-perceptron/problems.ts'

// --- real inputs, unsupervised: Kohonen's map ---

export type { Neighbourhood } from './kohonen/adaptation.ts'
export type {
  BestMatch,
  KohonenBatchOptions,
  KohonenOptions,
  KohonenStep,
  KohonenTrainingOptions,
} from './kohonen/kohonen-map.ts'
export { KohonenMap } from './kohonen/kohonen-map.ts'
export type { Schedule } from './kohonen/schedule.ts'
export { exponentialSchedule, linearSchedule } from './kohonen/schedule.ts'

// --- decision regions of nets in the plane ---

export { convexNet, type HalfPlane, halfPlaneNet, halfPlanesOf, unionNet } from './regions/constructed-nets.ts'
export type { ConvexCell, Edge, PlaneWindow } from './regions/convex-cell.ts'
export { type DecisionCell, decisionCells } from './regions/decision-cells.ts'
export type { Line, Vertex } from './regions/half-sphere.ts'
export { hardenedNet } from './regions/hardened-net.ts'
export { type PlaneProblem, planeProblems } from './regions/lippmann-problems.ts'
export { type ConstructedEntry, constructedTable, type LayerCount } from './regions/lippmann-table.ts'
export { classAt, type PlaneLayer, type PlaneNet, type PlaneNode } from './regions/plane-net.ts'
export { type RegionShape, type RegionType, regionArea, regionBorder, regionShape } from './regions/region-shape.ts'
export {
  type SampledRegions,
  type SampledRegionsOptions,
  type SampledShape,
  sampledShape,
  sampleRegions,
} from './regions/sampled-regions.ts'
export {
  type HardenedEntry,
  type TrainedEntry,
  type TrainedTableOptions,
  trainedEntries,
  trainedTable,
} from './regions/trained-table.ts'

// --- the classical counterparts ---

export { BinaryNoiseClassifier } from './counterparts/binary-noise-classifier.ts'
export {
  type CovarianceModel,
  GaussianClassifier,
  type LinearDiscriminant,
} from './counterparts/gaussian-classifier.ts'
export { type KMeansOptions, type KMeansResult, kMeans } from './counterparts/k-means.ts'
export { KNearestNeighbours } from './counterparts/k-nearest-neighbours.ts'
export { type LeaderClustering, leaderClustering } from './counterparts/leader-clustering.ts'
