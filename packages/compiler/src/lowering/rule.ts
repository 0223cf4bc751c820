// How primitives become loops. Pointwise rules give an expression for one element, so chains of them melt into whoever
// reads them; the other kinds need a kernel of their own.

import type { PrimitiveName, Shape } from '@neurite/tensor'
import type { GraphNode } from '../graph/graph.ts'
import type { Combine, Index, Scalar } from '../kernel/index.ts'

/** What a rule may ask while it builds the expressions of one kernel step. */
export interface LoweringContext {
  /** Extents of all axes that may occur in indices here. */
  readonly extents: readonly number[]
  /** The element of another node at an index (one entry per axis of the node). */
  read(node: number, index: readonly Index[]): Scalar
  shapeOf(node: number): Shape
  /** Number of a fault with this message; `{value}` stands for the offending index. */
  fault(message: string): number
}

export interface LeafRule {
  readonly kind: 'leaf'
}

export interface PointwiseRule<P extends PrimitiveName> {
  readonly kind: 'pointwise'
  /** Whether the rule only moves elements, so that materialising its result never pays. */
  readonly isView?: boolean
  /** Whether the rule, though no view, reads operands at other places than the element's own. */
  readonly readsElsewhere?: boolean
  value(node: GraphNode<P>, index: readonly Index[], context: LoweringContext): Scalar
}

export interface ReductionRule<P extends PrimitiveName> {
  readonly kind: 'reduction'
  readonly combine: Combine
  /** Extents of the axes that disappear. */
  extents(node: GraphNode<P>, inputShape: Shape): readonly number[]
  /** What is combined at output index `outer` and position `inner` in the axes that disappear. */
  value(node: GraphNode<P>, outer: readonly Index[], inner: readonly Index[], context: LoweringContext): Scalar
}

export interface ContractionLoops {
  readonly batch: readonly number[]
  readonly rows: readonly number[]
  readonly columns: readonly number[]
  readonly depth: readonly number[]
  /** For each axis of the node's result the kernel axis that runs through it. */
  readonly resultAxes: readonly number[]
}

export interface ContractionRule<P extends PrimitiveName> {
  readonly kind: 'contraction'
  loops(node: GraphNode<P>, left: Shape, right: Shape): ContractionLoops
  /** The operands at the kernel's axes, `axes[i]` being the index of axis i. */
  operands(
    node: GraphNode<P>,
    axes: readonly Index[],
    context: LoweringContext,
  ): { readonly left: Scalar; readonly right: Scalar }
}

export interface ScatterRule<P extends PrimitiveName> {
  readonly kind: 'scatter'
  extents(node: GraphNode<P>, updatesShape: Shape): readonly number[]
  /** Where point `axes` of the updates lands, and what is added there. */
  point(
    node: GraphNode<P>,
    axes: readonly Index[],
    context: LoweringContext,
  ): { readonly index: readonly Index[]; readonly value: Scalar }
}

/** A loop whose steps are a graph of their own: see program/lower-scan.ts. */
export interface ScanRule {
  readonly kind: 'scan'
}

export type LoweringRule<P extends PrimitiveName> =
  | LeafRule
  | PointwiseRule<P>
  | ReductionRule<P>
  | ContractionRule<P>
  | ScatterRule<P>
  | ScanRule

/** Exhaustive over all primitives, or over the family named. */
export type LoweringRules<Names extends PrimitiveName = PrimitiveName> = { readonly [P in Names]: LoweringRule<P> }
