/** The only source of time in the engine: ISO 8601 for records, a monotonic counter for durations. */
export interface Clock {
  now(): string;
  /** Seconds since an arbitrary start. */
  elapsed(): number;
}
