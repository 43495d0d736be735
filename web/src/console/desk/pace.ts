// How often a picture is drawn while time runs: as often as the machine can without
// giving all its time to it.

/** At most this share of the time goes into drawing. */
const share = 0.5;
const fastest = 1000 / 30; // milliseconds between frames
const slowest = 1000; // and at most, however long a frame takes

export class Pace {
  #cost = 0; // of a frame, in milliseconds, smoothed
  #last = Number.NEGATIVE_INFINITY;

  /** Whether a frame is due. */
  due(now: number): boolean {
    return now - this.#last >= this.gap;
  }

  /** A frame was begun and took so long. */
  drew(now: number, cost: number): void {
    this.#last = now;
    this.#cost = this.#cost === 0 ? cost : 0.8 * this.#cost + 0.2 * cost;
  }

  /** Milliseconds from one frame to the next. */
  get gap(): number {
    return Math.min(slowest, Math.max(fastest, this.#cost / share));
  }
}
