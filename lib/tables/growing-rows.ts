const FIRST = 1024;

/** Rows of numbers that grow together: room is doubled for all columns at once, so that adding a row is O(columns) on average. */
export class GrowingRows<N extends string, I extends string> {
  /** the columns by name, longer than there are rows; others after an `add` that made room */
  numbers: Record<N, Float64Array>;
  ints: Record<I, Int32Array>;
  size = 0;
  #room = FIRST;

  constructor(numbers: readonly N[], ints: readonly I[]) {
    this.numbers = columns(numbers, () => new Float64Array(FIRST));
    this.ints = columns(ints, () => new Int32Array(FIRST));
  }

  /** Adds a row of zeros and returns its place. */
  add(): number {
    if (this.isFull) this.reserve(2 * this.#room);
    return this.size++;
  }

  /** Whether the next row finds no room yet. */
  get isFull(): boolean {
    return this.size === this.#room;
  }

  /** The columns without the room behind, without a copy: add no more. */
  done(): { readonly numbers: Record<N, Float64Array>; readonly ints: Record<I, Int32Array> } {
    const { size } = this;
    return {
      numbers: columns(namesOf(this.numbers), (name) => this.numbers[name].subarray(0, size)),
      ints: columns(namesOf(this.ints), (name) => this.ints[name].subarray(0, size)),
    };
  }

  /** Makes room for so many rows, if there is less. */
  reserve(room: number): void {
    if (!(room > this.#room)) return; // nor for NaN
    const { numbers, ints, size: used } = this;
    this.numbers = columns(namesOf(numbers), (name) => {
      const wider = new Float64Array(room);
      wider.set(numbers[name].subarray(0, used));
      return wider;
    });
    this.ints = columns(namesOf(ints), (name) => {
      const wider = new Int32Array(room);
      wider.set(ints[name].subarray(0, used));
      return wider;
    });
    this.#room = room;
  }
}

function columns<K extends string, A>(names: readonly K[], make: (name: K) => A): Record<K, A> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<K, A>;
}

const namesOf = <K extends string>(record: Readonly<Record<K, unknown>>): K[] => Object.keys(record) as K[];
