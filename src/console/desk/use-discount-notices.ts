import { useEffect, useRef } from 'react';
import type { Discount } from '../../protocol/discounts.ts';
import { formatYuan } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { useDesk, useDeskState } from './desk-context.tsx';

/** Tells the agent of a decision on a discount, and a supervisor of a request, wherever they are on the desk. */
export function useDiscountNotices(): void {
  const { t } = useLanguage();
  const desk = useDesk();
  const discounts = useDeskState((state) => state.discounts);
  const selfId = useDeskState((state) => state.self?.id);
  const known = useRef<ReadonlyMap<string, Discount['state']>>(undefined);
  useEffect(() => {
    if (!discounts) return;
    const before = known.current;
    known.current = new Map(discounts.map(({ id, state }) => [id, state]));
    // What was there when the page was opened is no news.
    if (!before) return;
    for (const { id, state, by, buyerName: buyer, note, amount, approved } of discounts) {
      if (before.get(id) === state) continue;
      const isOwn = by.id === selfId;
      const sum = formatYuan(approved ?? amount);
      if (isOwn && state === 'granted') desk.notify('info', t('price.noticeGranted', { buyer, sum }));
      if (isOwn && state === 'refused') desk.notify('trouble', t('price.noticeRefused', { buyer, note: note ?? '' }));
      if (!isOwn && state === 'asked') desk.notify('info', t('price.noticeAsked', { who: by.name, buyer, sum }));
    }
  }, [discounts, selfId, desk, t]);
}
