/** Delays and schedules in words. */
import type { Delay, Schedule } from '../../../protocol/timers.ts';
import type { Translate } from '../../i18n/language.tsx';
import type { MessageKey } from '../../i18n/zh.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A time in its largest whole unit: `6 小时`. */
function timeWords(ms: number, t: Translate): string {
  return ms >= HOUR && ms % HOUR === 0
    ? `${ms / HOUR} ${t('timers.unit.hours')}`
    : `${Math.round((ms / MINUTE) * 100) / 100} ${t('timers.unit.minutes')}`;
}

/** Chinese words stand together; figures keep their space. */
function inOne(words: string): string {
  return words.replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
}

/** When a touch is due, in words. */
export function delayWords(delay: Delay, t: Translate): string {
  switch (delay.kind) {
    case 'after':
      return delay.ms === 0 ? t('timers.fixed') : inOne(`${timeWords(delay.ms, t)} ${t('timers.after')}`);
    case 'before':
      return inOne(`${t('timers.before')} ${timeWords(delay.ms, t)}`);
    case 'share':
      return `${t('timers.share')} ${Math.round(delay.share * 100)}%`;
    case 'days':
      return inOne(`${delay.days} ${t('timers.unit.days')} ${t('timers.after')}`);
    case 'workingDays':
      return t('timers.workingDaysOf', { count: delay.days });
    case 'months':
      return inOne(`${delay.months} ${t('timers.unit.months')} ${t('timers.after')}`);
    case 'inShift':
      return `${timeWords(delay.minMs, t)} – ${timeWords(delay.maxMs, t)}，${t('timers.shiftHint')}`;
    case 'shiftDay':
      return inOne(`${delay.day} ${t('timers.unit.shiftDay')}`);
    case 'nextShift':
      return t('timers.nextShift');
  }
}

/** When a timer with a clock of its own comes, in words. */
export function scheduleWords(schedule: Schedule, t: Translate): string {
  switch (schedule.kind) {
    case 'daily':
      return inOne(`${t('timers.daily')} ${atWords(schedule.at, t)}`);
    case 'everyDays':
      return t('timers.everyDaysOf', { count: schedule.days });
    case 'weekly':
      return t('timers.weeklyOn', { day: t(`timers.weekday.${schedule.weekday}`) });
    case 'monthEnd':
      return t('timers.monthEnd');
    case 'byPeople':
      return t('timers.byPeople');
  }
}

function atWords(at: string, t: Translate): string {
  return at === 'shift_start' || at === 'shift_end' ? t(`timers.${at}` as MessageKey) : at;
}
