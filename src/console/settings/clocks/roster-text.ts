/** A roster as lines of text, for a field that people write in. */
import type { OnCallSettings } from '../../../protocol/on-call.ts';

type Duty = Extract<OnCallSettings['roster'], unknown[]>[number];

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const NAMES = '一二三四五六日';
const EVERY_DAY = '每天';

/** Writes a roster down, a line a duty. */
export function writeRoster(roster: OnCallSettings['roster']): string {
  if (!Array.isArray(roster)) return roster.always;
  return roster
    .map(({ person, days, hours }) => {
      const names = days.length === DAYS.length ? EVERY_DAY : days.map((day) => NAMES[DAYS.indexOf(day)]).join('');
      return `${person} | ${names} | ${hours}`;
    })
    .join('\n');
}

/** Reads it back, or tells which line (from 1) cannot be read. A single name is on call at all times. */
export function readRoster(text: string): OnCallSettings['roster'] | { line: number } {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (lines.length === 1 && !/[|｜]/.test(lines[0]!)) return { always: lines[0]! };
  const duties = lines.map(readDuty);
  const wrong = duties.indexOf(undefined);
  return wrong >= 0 || lines.length === 0 ? { line: Math.max(0, wrong) + 1 } : (duties as Duty[]);
}

function readDuty(line: string): Duty | undefined {
  const [person = '', days = '', hours = ''] = line.split(/[|｜]/).map((part) => part.trim());
  const read = days === EVERY_DAY ? [...DAYS] : readDays(days);
  if (person === '' || !read || !/^\d\d:\d\d-\d\d:\d\d$/.test(hours)) return undefined;
  return { person, days: read, hours };
}

function readDays(text: string): Duty['days'] | undefined {
  const days = [...text.replaceAll('天', '日')].map((name) => DAYS[NAMES.indexOf(name)]);
  return days.length === 0 || days.includes(undefined) ? undefined : (days as Duty['days']);
}
