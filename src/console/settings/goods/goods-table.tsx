import type { GoodsList } from '../../../protocol/goods.ts';
import { formatYuan } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { AgeBadge } from './age-badge.tsx';

/** A page of the products. */
export function GoodsTable({
  list: { rows, total, page, pageSize },
  nowMs,
  chosen,
  onChoose,
  onPage,
}: {
  list: GoodsList;
  nowMs: number;
  chosen: string | undefined;
  onChoose(id: string): void;
  onPage(page: number): void;
}) {
  const { t } = useLanguage();
  if (total === 0) return <p className="empty">{t('goods.none')}</p>;
  const last = Math.ceil(total / pageSize);
  return (
    <>
      <table className="board-table goods-table" aria-label={t('goods.title')}>
        <thead>
          <tr>
            <th scope="col">{t('goods.field.title')}</th>
            <th scope="col">{t('goods.field.category')}</th>
            <th scope="col">{t('goods.field.price')}</th>
            <th scope="col">{t('goods.field.stock')}</th>
            <th scope="col">{t('goods.field.rating')}</th>
            <th scope="col">{t('goods.ages')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} aria-current={row.id === chosen ? 'true' : undefined}>
              <th scope="row">
                <ActionButton look="link" onPress={() => onChoose(row.id)}>
                  {row.title}
                </ActionButton>{' '}
                <span className="code faint">{row.id}</span>{' '}
                {row.offSale && <span className="badge">{t('goods.offSale')}</span>}
              </th>
              <td>{row.category ?? '—'}</td>
              <td className="figures">{row.price === undefined ? '—' : formatYuan(row.price)}</td>
              <td className="figures">{row.stock ?? '—'}</td>
              <td className="figures">{row.rating ?? '—'}</td>
              <td className="goods-ages">
                {row.ages.map((age) => (
                  <AgeBadge key={age.part} age={age} nowMs={nowMs} />
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="settings-fields">
        <span className="faint">{t('goods.total', { total, page, last })}</span>
        <ActionButton isDisabled={page <= 1} onPress={() => onPage(page - 1)}>
          {t('goods.before')}
        </ActionButton>
        <ActionButton isDisabled={page >= last} onPress={() => onPage(page + 1)}>
          {t('goods.next')}
        </ActionButton>
      </div>
    </>
  );
}
