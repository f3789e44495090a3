import { useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { type BulkAnswer, libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import { decidable } from './list-state.ts';
import type { ScriptListView } from './use-script-list.ts';

/** As many as one request may decide. */
const MOST = 500;
const ACTIONS = ['submit', 'approve', 'discard'] as const;

/** What can be done with all that is ticked, and what became of it. */
export function BulkBar({ view: { list, dispatch } }: { view: ScriptListView }) {
  const { t } = useLanguage();
  const { supervises, fail, notify } = useLibrary();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<BulkAnswer['refused']>([]);
  const total = list.head?.total ?? 0;
  const ticked = [...list.ticked.values()];
  if (ticked.length === 0 && refused.length === 0) return null;

  async function decide(action: (typeof ACTIONS)[number]): Promise<void> {
    setBusy(true);
    try {
      const answer = await libraryApi.decide({ action, items: decidable(ticked, action).slice(0, MOST) });
      notify('info', t(`bulk.done.${action}`, { count: answer.done.length }));
      setRefused(answer.refused);
      dispatch({ type: 'unticked' });
      dispatch({ type: 'outdated' });
    } catch (error) {
      fail(error);
    }
    setBusy(false);
  }

  async function tickAll(): Promise<void> {
    try {
      const { entries } = await libraryApi.list(list.query, 0, MOST);
      dispatch({ type: 'tickedAll', entries });
    } catch (error) {
      fail(error);
    }
  }

  return (
    <section className="bulk" aria-label={t('bulk.title')}>
      {ticked.length > 0 && (
        <p className="bulk-row">
          <b className="figures">{t('bulk.count', { count: ticked.length })}</b>
          {ticked.length < Math.min(total, MOST) && (
            <ActionButton look="link" onPress={() => void tickAll()}>
              {t('bulk.all', { count: Math.min(total, MOST) })}
            </ActionButton>
          )}
          <ActionButton look="link" onPress={() => dispatch({ type: 'unticked' })}>
            {t('bulk.none')}
          </ActionButton>
        </p>
      )}
      {ticked.length > 0 && (
        <p className="bulk-row">
          {ACTIONS.filter((action) => supervises || action === 'submit').map((action) => {
            const count = decidable(ticked, action).length;
            return (
              <ActionButton
                key={action}
                look={action === 'approve' ? 'main' : 'plain'}
                isDisabled={busy || count === 0}
                onPress={() => void decide(action)}
              >
                {t(`bulk.${action}`)} <span className="figures">{count}</span>
              </ActionButton>
            );
          })}
        </p>
      )}
      {refused.length > 0 && (
        <div className="bulk-refused" role="alert">
          <p className="bulk-row">
            <b>{t('bulk.refused', { count: refused.length })}</b>
            <ActionButton look="link" onPress={() => setRefused([])}>
              {t('close')}
            </ActionButton>
          </p>
          <ul>
            {refused.map(({ scriptId, message }) => (
              <li key={scriptId}>
                <a href={`#/scripts/${encodeURIComponent(scriptId)}`}>{scriptId}</a> {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
