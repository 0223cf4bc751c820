import type { Module } from '@neurite/layers'

/** What a detector looks through: a net from images [N, 3, H, W] to feature maps [N, channels, H / stride, W / stride]. */
export interface Backbone {
  readonly features: Module
  readonly channels: number
  /** Pixels of the image from one cell of the map to the next. */
  readonly stride: number
}
