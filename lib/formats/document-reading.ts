import type { InputError } from "../errors.js";
import type { ColumnMap } from "./columns.js";
import { detectDocument, type DocumentFormat, type DocumentReader, unknownFormat } from "./detect.js";
import { natJson } from "./nat-json.js";
import type { Sinks } from "./sinks.js";

/** So many documents may come before one that tells the format. */
const FIRST_DOCUMENTS = 1000;

/** Reads the documents of a file; the first one that tells the format gives it to all. */
export class DocumentReading {
  readonly #map: ColumnMap;
  readonly #sinks: Sinks;
  readonly #source: string | null;
  readonly #waiting: unknown[] = [];
  /** the number of the last one that waits */
  #last = 0;
  #format: DocumentFormat | undefined;
  #reader: DocumentReader | undefined;

  constructor(map: ColumnMap, sinks: Sinks, source: string | null) {
    this.#map = map;
    this.#sinks = sinks;
    this.#source = source;
  }

  read(document: unknown, number: number): void {
    if (this.#reader) {
      this.#reader.read(document, number);
      return;
    }
    // what the first part of a long document does not tell, the next ones do not either
    if (this.#waiting.length === FIRST_DOCUMENTS || number === this.#last) return;
    this.#last = number;
    this.#waiting.push(document);
    this.#format = detectDocument(document, this.#map);
    if (this.#format) this.#begin(this.#format);
  }

  #begin(format: DocumentFormat): void {
    this.#sinks.begin(this.#source);
    const reader = format.reader(this.#sinks, this.#source);
    this.#reader = reader;
    this.#waiting.forEach((waiting, i) => {
      reader.read(waiting, i + 1);
    });
  }

  /** The format, when all have been read; an error where none tells it. Lists of nothing are what NAT writes of no requests. */
  done(isList: boolean): DocumentFormat | InputError {
    const isEmpty = this.#waiting.every((document) => Array.isArray(document) && document.length === 0);
    if (!this.#format && isList && isEmpty) this.#begin((this.#format = natJson));
    this.#reader?.done?.();
    return this.#format ?? unknownFormat("this JSON", this.#source ?? undefined);
  }
}
