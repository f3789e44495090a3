import { useState } from 'react';
import type { LibraryDetail } from '../../../protocol/library.ts';
import { HttpError } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ScriptEditor } from '../editor/script-editor.tsx';
import { type LibraryOrder, libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import type { Navigate } from '../use-address.ts';
import { ScriptDetail } from './script-detail.tsx';
import { useScriptDetail } from './use-script-detail.ts';

/** Gives an order; whether it was carried out. */
export type GiveOrder = (order: LibraryOrder) => Promise<boolean>;

/** The pane of one script: read, decided on, or edited. */
export function ScriptPane({
  scriptId,
  editing,
  groups,
  navigate,
  nextScript,
}: {
  scriptId: string | undefined;
  editing: boolean;
  groups: readonly string[];
  navigate: Navigate;
  /** The script to go on with when this one leaves the list; none where the list shows every state. */
  nextScript(): string | undefined;
}) {
  const { t } = useLanguage();
  const { detail, take } = useScriptDetail(scriptId);
  const { busy, give } = useOrders(detail ?? undefined, take, nextScript, navigate);
  if (scriptId === undefined) return <section className="script-pane empty">{t('library.none')}</section>;
  if (detail === undefined) return <section className="script-pane empty">{t('loading')}</section>;
  if (detail === null) return <section className="script-pane empty">{t('library.missing', { id: scriptId })}</section>;
  if (editing) return <ScriptEditor detail={detail} groups={groups} onDetail={take} navigate={navigate} />;
  return <ScriptDetail detail={detail} busy={busy} onOrder={give} navigate={navigate} />;
}

/** Orders of a person on a script, and what is said afterwards. */
function useOrders(
  detail: LibraryDetail | undefined,
  take: (detail: LibraryDetail) => void,
  nextScript: () => string | undefined,
  navigate: Navigate,
): { busy: boolean; give: GiveOrder } {
  const { t, language } = useLanguage();
  const { changes, notify, fail } = useLibrary();
  const [busy, setBusy] = useState(false);

  async function give(order: LibraryOrder): Promise<boolean> {
    if (!detail || busy) return false;
    const { scriptId, title } = detail.entry;
    const next = nextScript();
    setBusy(true);
    try {
      take(await libraryApi.order(scriptId, order));
      changes.tell('library');
      notify('info', t(`ordered.${order.action}`, { title: title[language] }));
      if (next !== undefined && LEAVES_LIST.has(order.action)) navigate({ scriptId: next });
      return true;
    } catch (error) {
      if (error instanceof HttpError && error.code === 'conflict') {
        notify('trouble', t('library.conflict'));
        await libraryApi.detail(scriptId).then(take, fail);
      } else fail(error);
      return false;
    } finally {
      setBusy(false);
    }
  }
  return { busy, give };
}

/** After these a script no longer belongs in a list of drafts or of reviews. */
const LEAVES_LIST: ReadonlySet<LibraryOrder['action']> = new Set(['submit', 'return', 'approve', 'discard']);
