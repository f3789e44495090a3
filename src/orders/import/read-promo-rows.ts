import { createHash } from 'node:crypto';
import { fromWallTime, parseClock } from '../../lib/wall-time.ts';
import { formatTime } from '../../lib/zoned-time.ts';
import type { PushedPromo } from '../../protocol/goods.ts';
import { cleanCell, type Header, PROMO_HEADERS, type PromoColumn, type Table } from './goods-columns.ts';
import { type CellValue, readId, readList, readMoment, readText, readYesNo } from './read-cells.ts';
import type { ReadGoods } from './read-goods.ts';

/** Reads the campaigns below the header. */
export function readPromoRows(table: Table, header: Header<PromoColumn>, tz: string, into: ReadGoods): void {
  const readers: Partial<Record<PromoColumn, (cell: string) => CellValue<unknown>>> = {
    id: readId,
    name: readText,
    rule: readText,
    startsAt: (cell) => readMoment(cell, (date, clock) => momentIn(date, clock, tz)),
    endsAt: (cell) => readMoment(cell, (date, clock) => momentIn(date, clock, tz)),
    stackable: readYesNo,
    extensionPlanned: readYesNo,
    items: readList,
  };
  for (let i = header.at + 1; i < table.length; i++) {
    const cells = table[i]!;
    if (cells.every((cell) => cleanCell(cell) === '')) continue;
    into.rows++;
    const row = i + 1;
    const promo: Record<string, unknown> = {};
    const refusedBefore = into.refused.length;
    const refuse = (column: PromoColumn, value: string, legal: string) =>
      into.refused.push({ row, column: PROMO_HEADERS[column][0], value: value.slice(0, 80), legal });
    for (const [column, read] of Object.entries(readers) as [PromoColumn, (cell: string) => CellValue<unknown>][]) {
      const at = header.columns.get(column);
      const cell = at === undefined ? '' : cleanCell(cells[at]);
      if (cell === '') continue;
      const found = read(cell);
      if ('value' in found) promo[column] = found.value;
      else refuse(column, cell, found.legal);
    }
    if (promo['name'] === undefined) refuse('name', '', '活动名称不能空');
    const { startsAt, endsAt } = promo as Partial<PushedPromo>;
    if (startsAt !== undefined && endsAt !== undefined && Date.parse(endsAt) <= Date.parse(startsAt)) {
      refuse('endsAt', endsAt, '晚于开始时间');
    }
    if (into.refused.length > refusedBefore) continue;
    into.promos.push({
      row,
      promo: { ...(promo as PushedPromo), id: (promo['id'] as string | undefined) ?? idOf(String(promo['name'])) },
    });
  }
}

function momentIn(date: string, clock: string, tz: string): string {
  const seconds = Number(clock.slice(6));
  return formatTime(fromWallTime({ date, timeMs: parseClock(clock) + seconds * 1000 }, tz), tz);
}

/** The id of what has only a name: the same name is the same thing. */
export function idOf(name: string): string {
  return `n-${createHash('sha256').update(name.trim()).digest('hex').slice(0, 12)}`;
}
