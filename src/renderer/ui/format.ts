/** Figures as text: always with a unit or a name beside them, grouped, and the same in every view. */

const grouped = new Intl.NumberFormat('en-US');

/** 41208 is "41,208". */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** "1 table", "23 tables". */
export function formatPlural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}

/** A share or score of 0..1 with two places and no leading zero, rounded down so that .799 never looks like .80. */
export function formatScore(score: number): string {
  if (!Number.isFinite(score)) return '—';
  const hundredths = Math.floor(Math.min(1, Math.max(0, score)) * 100 + 1e-9);
  return hundredths === 100 ? '1.0' : `.${String(hundredths).padStart(2, '0')}`;
}

/** A share as percent: "99.2 %", never "100.0 %" for less than all. */
export function formatPercent(part: number, whole: number): string {
  if (whole <= 0) return '—';
  if (part >= whole) return '100 %';
  const tenths = Math.floor((part / whole) * 1000 + 1e-9);
  return tenths === 0 && part > 0 ? '< 0.1 %' : `${(tenths / 10).toFixed(1)} %`;
}

/** 1536 is "1.5 KB". */
export function formatBytes(bytes: number): string {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${units[unit] ?? ''}`;
}

/** 0.42 is "0.4 s", 95 is "1 min 35 s". */
export function formatSeconds(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** An ISO time as "12 Mar 2026, 14:05" in the time zone of the machine. */
export function formatTime(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  }).format(time);
}

/** An ISO time as "12 Mar". */
export function formatDay(iso: string): string {
  const time = new Date(iso);
  if (Number.isNaN(time.getTime())) return iso;
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(time);
}
