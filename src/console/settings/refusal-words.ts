/** What the desk says of a value it does not take, in the words of the page. */
import type { HttpError } from '../client/http.ts';
import type { Translate } from '../i18n/language.tsx';
import type { MessageKey } from '../i18n/zh.ts';

/** Fields by their place in the settings, under the name they have on the page. */
const FIELDS: readonly (readonly [RegExp, readonly MessageKey[]])[] = [
  [/^hours$/, ['settings.hours.hours']],
  [/^quietHours$/, ['settings.hours.quiet']],
  [/^replyByHour$/, ['settings.hours.replyBy']],
  [/^schedule\.week/, ['schedule.week']],
  [/^schedule\.dates/, ['schedule.dates']],
  [/^schedule\.channels/, ['schedule.channels']],
  [/^closedDays/, ['schedule.closedDays']],
  [/^modes\.debounceSec$/, ['modes.debounce']],
  [/^modes\.rules\[\d+\]\.delaySec$/, ['modes.delay']],
  [/^clocks\.\w+\.limitS$/, ['settings.clocks.limit', 'refusal.inSeconds']],
  [/^clocks\.\w+\.warnShare$/, ['settings.clocks.warnAt']],
  [/^goods\.sourceUrl$/, ['goods.sourceUrl']],
  [/^goods\.everyMinutes$/, ['goods.everyMinutes']],
  [/^onCall\.url$/, ['settings.onCall.url']],
  [/^onCall\.secret$/, ['settings.onCall.secret']],
  [/^onCall\.quietMinutes$/, ['settings.onCall.quiet']],
  [/^onCall\.answerMinutes$/, ['settings.onCall.answer']],
  [/^onCall\.counts$/, ['settings.onCall.counts']],
];

/** What is wrong, by the desk's sentence; `{figure}` is the first group. */
const REASONS: readonly (readonly [RegExp, MessageKey])[] = [
  [/^Too small: expected number to be >=(.+)$/, 'refusal.least'],
  [/^Too big: expected number to be <=(.+)$/, 'refusal.most'],
  [/^Too small: expected (?:array|string)/, 'refusal.missing'],
  [/overlap/, 'refusal.overlap'],
  [/closed on every day/, 'refusal.allClosed'],
  [/HH:MM-HH:MM/, 'refusal.span'],
  [/HH:MM/, 'refusal.hour'],
  [/https/, 'refusal.https'],
  [/whsec_/, 'refusal.secret'],
  [/^Invalid input: expected (?:int|number)/, 'refusal.number'],
];

/** One sentence: the field, and what is legal. What is not known here is told as the desk said it. */
export function refusalWords({ status, message }: HttpError, t: Translate): string {
  if (status === 0) return t('library.unreachable');
  if (status === 409) return t('refusal.changed');
  const [, place = '', said = message] = /^([\w.[\]-]+): (.*)$/s.exec(message) ?? [];
  const field = FIELDS.find(([pattern]) => pattern.test(place))?.[1];
  const reason = REASONS.find(([pattern]) => pattern.test(said));
  if (!field || !reason) return t('refusal.other', { why: message });
  const figure = Number(reason[0].exec(said)?.[1]);
  const shown = place.endsWith('Share') ? Math.round(figure * 100) : figure;
  const clock = /^clocks\.(\w+)\./.exec(place)?.[1];
  const name = [...(clock === undefined ? [] : [`clock.${clock}` as MessageKey]), ...field].map((key) => t(key));
  return t('refusal.sentence', { field: name.join(' '), why: t(reason[1], { figure: shown }) });
}
