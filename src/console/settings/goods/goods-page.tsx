import { useCallback, useEffect, useState } from 'react';
import type { GoodsList } from '../../../protocol/goods.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useSettings } from '../settings-context.tsx';
import { type GoodsFilter, goodsApi } from './goods-api.ts';
import { GoodsImport } from './goods-import.tsx';
import { GoodsTable } from './goods-table.tsx';
import { PartsCard } from './parts-card.tsx';
import { ProductCard } from './product-card.tsx';
import { SourceCard } from './source-card.tsx';

/** What the shop sells, how old what is known of it is, and where it comes from. */
export function GoodsPage() {
  const { t } = useLanguage();
  const { changes, fail } = useSettings();
  const nowMs = useNow();
  const [filter, setFilter] = useState<GoodsFilter>({ search: '', stale: '', page: 1 });
  const [list, setList] = useState<GoodsList>();
  const [chosen, setChosen] = useState<string>();
  const read = useCallback(() => {
    goodsApi.list(filter).then(setList, fail);
  }, [filter, fail]);
  useEffect(read, [read]);
  const { listen } = changes;
  useEffect(() => listen('goods', read), [listen, read]);

  return (
    <>
      <section className="settings-card" aria-label={t('goods.title')}>
        <h2>{t('goods.title')}</h2>
        <p className="faint">{t('goods.lead')}</p>
        {list && <PartsCard list={list} onStale={(stale) => setFilter({ ...filter, stale, page: 1 })} />}
        <div className="settings-fields">
          <label className="settings-field">
            <span>{t('goods.search')}</span>
            <input
              className="input"
              type="search"
              value={filter.search}
              placeholder={t('goods.searchHint')}
              onChange={({ target }) => setFilter({ ...filter, search: target.value, page: 1 })}
            />
          </label>
          <label className="settings-field">
            <span>{t('goods.show')}</span>
            <select
              className="input"
              value={filter.stale}
              onChange={({ target }) => setFilter({ ...filter, stale: target.value as GoodsFilter['stale'], page: 1 })}
            >
              <option value="">{t('goods.all')}</option>
              {(['listing', 'stock', 'reviews', 'benefits'] as const).map((part) => (
                <option key={part} value={part}>
                  {t('goods.staleOf', { part: t(`goods.part.${part}`) })}
                </option>
              ))}
            </select>
          </label>
        </div>
        {!list && <p className="empty">{t('loading')}</p>}
        {list && (
          <GoodsTable
            list={list}
            nowMs={nowMs}
            chosen={chosen}
            onChoose={setChosen}
            onPage={(page) => setFilter({ ...filter, page })}
          />
        )}
      </section>
      {chosen !== undefined && (
        <ProductCard key={chosen} id={chosen} nowMs={nowMs} onClose={() => setChosen(undefined)} />
      )}
      <GoodsImport />
      <SourceCard />
    </>
  );
}
