// A small convolutional network for images of digits (LeCun, Bottou, Bengio & Haffner 1998), with dropout.

import { Conv2d, Dropout, Flatten, Linear, MaxPool2d, relu, Sequential } from 'neurite'

/** Scores of the ten digits for images [N, 1, 28, 28] → [N, 10]. */
export function digitClassifier() {
  return new Sequential(
    new Conv2d(1, 16, 3, { padding: 1 }),
    relu,
    new MaxPool2d(2),
    new Conv2d(16, 32, 3),
    relu,
    new MaxPool2d(2),
    new Flatten(),
    new Dropout(0.4),
    new Linear(32 * 6 * 6, 64),
    relu,
    new Dropout(0.2),
    new Linear(64, 10),
  )
}

export type DigitClassifier = ReturnType<typeof digitClassifier>
