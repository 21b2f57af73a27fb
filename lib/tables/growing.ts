/** A column of numbers that grows: room is doubled, so that pushing is O(1) on average. */
export class GrowingNumbers {
  #values = new Float64Array(1024);
  #length = 0;

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const wider = new Float64Array(2 * this.#length);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#length++] = value;
  }

  get length(): number {
    return this.#length;
  }

  /** What was pushed, without a copy: push no more. */
  done(): Float64Array {
    return this.#values.subarray(0, this.#length);
  }
}
