// @neurite/detection: finding objects in images. In reading order:

// --- Boxes as tensors: differentiable. ---

export { type BoxCoderOptions, type BoxWeights, decodeBoxes, encodeBoxes } from './boxes/box-coder.ts'
export { boxArea, boxIoU, generalizedBoxIoU, type PairShape, type PerBox } from './boxes/box-iou.ts'
export { clipBoxesToImage, type ImageSize } from './boxes/clip-boxes.ts'
export { type BoxFormat, type ConvertBoxesOptions, convertBoxes } from './boxes/convert-boxes.ts'

// --- Boxes as plain numbers: choosing among them. ---

export type { BoxArray } from './boxes/box-array.ts'
export { removeSmallBoxes } from './boxes/remove-small-boxes.ts'
export { batchedNMS, type NMSOptions, nms } from './suppression/nms.ts'
export { type SoftlySuppressed, type SoftNMSOptions, softNMS } from './suppression/soft-nms.ts'

// --- Features of regions. ---

export type { OutputSize } from './regions/regions.ts'
export { type RoIAlignOptions, roiAlign } from './regions/roi-align.ts'
export { type RoIPoolOptions, roiPool } from './regions/roi-pool.ts'

// --- What a net is asked to say: training targets. ---

export { type AnchorOptions, generateAnchors } from './anchors/anchors.ts'
export { type AnchorTargetOptions, type AnchorTargets, anchorTargets } from './targets/anchor-targets.ts'
export type { GroundTruth } from './targets/ground-truth.ts'
export { background, ignored, type MatchOptions, matchBoxes } from './targets/match-boxes.ts'
export { type RegionTargetOptions, type RegionTargets, regionTargets } from './targets/region-targets.ts'
export { type Sampled, type SampleOptions, sampleExamples } from './targets/sample-examples.ts'

// --- Nets. ---

export {
  type RegionLossOptions,
  type RegionPredictions,
  type RegionTargetTensors,
  regionLoss,
} from './losses/region-loss.ts'
export {
  type AnchorPredictions,
  type AnchorTargetTensors,
  type DetectionLoss,
  type RegionProposalLossOptions,
  regionProposalLoss,
} from './losses/region-proposal-loss.ts'
export type { Backbone } from './networks/backbone.ts'
export { DetectionHead, type DetectionHeadOptions } from './networks/detection-head.ts'
export { type DetectionOptions, type Detections, selectDetections } from './networks/detections.ts'
export { FasterRCNNDetector, FastRCNNDetector } from './networks/detectors.ts'
export { FastRCNN, type FastRCNNOptions } from './networks/fast-rcnn.ts'
export { FasterRCNN, type FasterRCNNOptions, type ProposedBoxes } from './networks/faster-rcnn.ts'
export { RegionProposalNetwork, type RegionProposalNetworkOptions } from './networks/region-proposal-network.ts'
export { type ProposalOptions, selectProposals } from './networks/select-proposals.ts'
export { FastRCNNTrainer, type FastRCNNTrainerOptions } from './training/fast-rcnn-trainer.ts'
export {
  type FasterRCNNLoss,
  FasterRCNNTrainer,
  type FasterRCNNTrainerOptions,
} from './training/faster-rcnn-trainer.ts'

// --- R-CNN: a region at a time, with support vector machines. ---

export { type FitRCNNOptions, fitRCNN } from './rcnn/fit-rcnn.ts'
export { fitWithHardNegatives } from './rcnn/hard-negatives.ts'
export { type FeatureRows, fitLinearSVM, type LinearSVM, type LinearSVMOptions } from './rcnn/linear-svm.ts'
export { RCNN, type RCNNOptions, type RegionFeatures } from './rcnn/rcnn.ts'
export type { RCNNDetector } from './rcnn/rcnn-detector.ts'
export { RCNNTrainer, type RCNNTrainerOptions } from './rcnn/rcnn-trainer.ts'
export { fitRidgeRegression, type RidgeRegression } from './rcnn/ridge-regression.ts'
export { type WarpOptions, warpRegions } from './rcnn/warp-regions.ts'

// --- How good detections are. ---

export {
  type AveragePrecisionOptions,
  averagePrecision,
  cocoMeanAveragePrecision,
  type Interpolation,
  type MeanAveragePrecision,
  meanAveragePrecision,
} from './evaluation/mean-average-precision.ts'

// --- Scenes to try it on. ---

export { type ColourImage, imageTensor } from './images/colour-image.ts'
export { type DrawDetectionsOptions, drawDetections, type FrameColour, tileImages } from './images/draw-detections.ts'
export { type DrawScenesOptions, drawScenes, type Scene } from './scenes/draw-scenes.ts'
export { type ShapeName, shapeNames } from './scenes/shape-outline.ts'

// --- Regions by grouping what is alike. ---

export { type ProposalQuality, proposalQuality } from './evaluation/proposal-recall.ts'
export type { ColourSpace } from './selective-search/colour-space.ts'
export { type SelectiveSearchOptions, selectiveSearch } from './selective-search/selective-search.ts'
export type { Measure } from './selective-search/similarity.ts'

// --- A whole detector, small and quick to train. ---

export { smallBackbone } from './networks/small-backbone.ts'
export {
  ShapesDetector,
  type ShapesTrainingProgress,
  shapesModel,
  type TrainShapesDetectorOptions,
  trainShapesDetector,
} from './shapes-detector/train-shapes-detector.ts'
