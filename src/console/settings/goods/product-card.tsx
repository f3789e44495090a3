import { useCallback, useEffect, useState } from 'react';
import type { GoodsDetail } from '../../../protocol/goods.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { AgeBadge } from './age-badge.tsx';
import { FIELD_KINDS, type FieldName, readField, writeField } from './field-text.ts';
import { goodsApi } from './goods-api.ts';

const FIELDS = Object.keys(FIELD_KINDS) as FieldName[];

/** Everything that is known of a product; each fact can be changed on its own. */
export function ProductCard({ id, nowMs, onClose }: { id: string; nowMs: number; onClose(): void }) {
  const { t } = useLanguage();
  const { changes, fail } = useSettings();
  const [product, setProduct] = useState<GoodsDetail>();
  const read = useCallback(() => {
    goodsApi.product(id).then(setProduct, fail);
  }, [id, fail]);
  useEffect(read, [read]);
  const { listen } = changes;
  useEffect(() => listen('goods', read), [listen, read]);
  if (!product) return <p className="empty">{t('loading')}</p>;
  const values: Record<string, unknown> = { ...product.facts, ...product.details };
  return (
    <section className="settings-card" aria-label={product.facts.title ?? id}>
      <div className="settings-fields">
        <h2>{product.facts.title ?? id}</h2>
        <ActionButton onPress={onClose}>{t('goods.close')}</ActionButton>
      </div>
      <div className="goods-ages">
        {product.ages.map((age) => (
          <AgeBadge key={age.part} age={age} nowMs={nowMs} />
        ))}
      </div>
      <dl className="goods-facts">
        {FIELDS.map((field) => (
          <FactRow
            key={field}
            id={id}
            field={field}
            value={values[field]}
            readAt={product.readAt[field]}
            nowMs={nowMs}
            onSaved={setProduct}
          />
        ))}
      </dl>
    </section>
  );
}

interface FactRowProps {
  id: string;
  field: FieldName;
  value: unknown;
  readAt: number | undefined;
  nowMs: number;
  onSaved(product: GoodsDetail): void;
}

function FactRow({ id, field, value, readAt, nowMs, onSaved }: FactRowProps) {
  const { t, language } = useLanguage();
  const { notify } = useSettings();
  const [edited, setEdited] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const kind = FIELD_KINDS[field];
  const name = t(`goods.field.${field}`);
  const text = writeField(kind, value);

  async function onSave(): Promise<void> {
    try {
      onSaved(await goodsApi.save(id, field, readField(kind, edited ?? '')));
      setEdited(undefined);
      setProblem(undefined);
      notify('info', t('goods.saved', { field: name }));
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return (
    <div className="goods-fact">
      <dt>{name}</dt>
      <dd>
        {edited === undefined ? (
          <>
            <span className={text === '' ? 'faint' : 'goods-value'}>{text === '' ? t('goods.unknown') : text}</span>{' '}
            {readAt !== undefined && <span className="faint figures">{formatMoment(readAt, nowMs, language)}</span>}{' '}
            <ActionButton look="link" aria-label={t('goods.editOne', { field: name })} onPress={() => setEdited(text)}>
              {t('goods.edit')}
            </ActionButton>
          </>
        ) : (
          <form
            className="goods-edit"
            onSubmit={(event) => {
              event.preventDefault();
              void onSave();
            }}
          >
            {kind === 'yesNo' ? (
              <select
                className="input"
                aria-label={name}
                value={edited}
                onChange={({ target }) => setEdited(target.value)}
              >
                <option value="">{t('goods.unknown')}</option>
                <option value="false">{t('goods.onSale')}</option>
                <option value="true">{t('goods.offSale')}</option>
              </select>
            ) : (
              <textarea
                className="input"
                aria-label={name}
                rows={Math.min(8, edited.split('\n').length + (kind === 'text' || kind === 'number' ? 0 : 1))}
                value={edited}
                aria-invalid={problem !== undefined}
                onChange={({ target }) => setEdited(target.value)}
              />
            )}
            <span className="faint">{t(`goods.kind.${kind}`)}</span>
            {problem !== undefined && (
              <span className="settings-problem" role="alert">
                {problem}
              </span>
            )}
            <span className="settings-fields">
              <ActionButton look="main" type="submit">
                {t('settings.save')}
              </ActionButton>
              <ActionButton
                onPress={() => {
                  setEdited(undefined);
                  setProblem(undefined);
                }}
              >
                {t('cancel')}
              </ActionButton>
            </span>
          </form>
        )}
      </dd>
    </div>
  );
}
