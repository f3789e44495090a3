/** Times, durations and amounts as people read them. */
import type { Language } from './language.tsx';

const locales: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };

/** `m:ss` below an hour, `h:mm:ss` above. */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A rough duration in two units at most: `45 秒`, `3 分 20 秒`, `2 小时 5 分`. */
export function formatDuration(ms: number, language: Language): string {
  const units = language === 'zh' ? (['天', '小时', '分', '秒'] as const) : (['d', 'h', 'min', 's'] as const);
  const seconds = Math.max(0, Math.round(ms / 1000));
  const counts = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
    seconds % 60,
  ];
  const first = counts.findIndex((count) => count > 0);
  if (first === -1) return `0 ${units[3]}`;
  return [first, first + 1]
    .filter((at) => at < 4 && counts[at]! > 0)
    .map((at) => `${counts[at]} ${units[at]}`)
    .join(' ');
}

/** `14:05`. */
export function formatClock(ms: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    ms,
  );
}

/** `3月5日 14:05`, without the day when it is today. */
export function formatMoment(ms: number, nowMs: number, language: Language): string {
  if (dayKey(ms) === dayKey(nowMs)) return formatClock(ms, language);
  return new Intl.DateTimeFormat(locales[language], {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(ms);
}

/** `3月5日 星期三`. */
export function formatDay(ms: number, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { month: 'long', day: 'numeric', weekday: 'long' }).format(ms);
}

/** The calendar day of a moment on the reader's machine, comparable by `===`. */
export function dayKey(ms: number): string {
  const date = new Date(ms);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** `¥129` or `¥129.50`. */
export function formatYuan(yuan: number): string {
  return `¥${Number.isInteger(yuan) ? yuan : yuan.toFixed(2)}`;
}

/** `72%`. */
export function formatShare(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** `3月5日`, with the year when it is another. */
export function formatDate(ms: number, language: Language, nowMs: number = Date.now()): string {
  const year = new Date(ms).getFullYear() === new Date(nowMs).getFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(locales[language], { ...year, month: 'short', day: 'numeric' }).format(ms);
}
