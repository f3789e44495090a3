/** Days on which scripts run out, as people choose them. */

/** A script that runs out within this time is marked. */
const SOON_MS = 7 * 86_400_000;

/** `2026-05-01`, the last day on which it may be said, on the reader's machine. */
export function lastDayOf(expiresAt: number | undefined): string {
  if (expiresAt === undefined) return '';
  const day = new Date(expiresAt - 1);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** The moment at which that day is over; `undefined` for no day. */
export function endOfDay(day: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day);
  if (!match) return undefined;
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + 1).getTime();
}

/** Whether a script runs out soon. */
export function expiresSoon(expiresAt: number | undefined, nowMs: number): boolean {
  return expiresAt !== undefined && expiresAt > nowMs && expiresAt - nowMs <= SOON_MS;
}
