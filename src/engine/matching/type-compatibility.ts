/** How well a value of one type family can live in another, 0..1. 1 is lossless and needs no conversion. */
import type { Column, TypeFamily } from '../../shared/model/schema.ts';

/** Rows are sources. What is not named is 0.1. Text takes everything; text into a typed column may fail. */
const families: Readonly<Partial<Record<TypeFamily, Readonly<Partial<Record<TypeFamily, number>>>>>> = {
  integer: { integer: 1, decimal: 0.95, float: 0.85, string: 0.6, boolean: 0.5, date: 0.3, timestamp: 0.25 },
  decimal: { decimal: 1, float: 0.85, integer: 0.7, string: 0.55 },
  float: { float: 1, decimal: 0.85, integer: 0.6, string: 0.5 },
  boolean: { boolean: 1, integer: 0.7, string: 0.6, decimal: 0.5 },
  string: {
    string: 1,
    date: 0.5,
    timestamp: 0.5,
    integer: 0.5,
    decimal: 0.45,
    float: 0.45,
    boolean: 0.45,
    uuid: 0.6,
    json: 0.5,
    xml: 0.5,
    time: 0.45,
  },
  date: { date: 1, timestamp: 0.9, string: 0.5, integer: 0.3 },
  timestamp: { timestamp: 1, date: 0.85, time: 0.5, string: 0.5, integer: 0.25 },
  time: { time: 1, timestamp: 0.4, string: 0.5 },
  uuid: { uuid: 1, string: 0.85, binary: 0.5 },
  json: { json: 1, string: 0.7, struct: 0.8 },
  xml: { xml: 1, string: 0.7 },
  binary: { binary: 1, uuid: 0.4, string: 0.3 },
  interval: { interval: 1, string: 0.5, integer: 0.4 },
};

export function familyCompatibility(source: TypeFamily, target: TypeFamily): number {
  if (source === target) return 1;
  if (source === 'other' || target === 'other') return 0.5;
  return families[source]?.[target] ?? 0.1;
}

/** The type part of a confidence: families, and whether lengths and digits fit. */
export function typeCompatibility(source: Column, target: Column): number {
  const base = familyCompatibility(source.type, target.type);
  if (source.type === 'string' && target.type === 'string') return base * lengthFit(source.length, target.length);
  if (source.type === 'decimal' && target.type === 'decimal') return base * digitFit(source, target);
  return base;
}

function lengthFit(source: number | null, target: number | null): number {
  if (source === null || target === null || target >= source) return 1;
  return 0.75 + (0.25 * target) / source;
}

function digitFit(source: Column, target: Column): number {
  if (source.precision === null || target.precision === null) return 1;
  const whole = source.precision - (source.scale ?? 0);
  const room = target.precision - (target.scale ?? 0);
  const loses = whole > room || (source.scale ?? 0) > (target.scale ?? 0);
  return loses ? 0.85 : 1;
}
