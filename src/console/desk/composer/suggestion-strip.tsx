import { useLanguage } from '../../i18n/language.tsx';
import { AutomaticLine } from '../automatic/automatic-line.tsx';
import { useDesk, useDeskState, useDraft } from '../desk-context.tsx';
import type { Thread } from '../store/desk-state.ts';
import { isAnswered, usableProposals } from '../store/select.ts';
import { HiddenDialog } from './hidden-dialog.tsx';
import { SuggestionChip } from './suggestion-chip.tsx';
import { withdrawalText } from './withdrawal-text.ts';

/** The proposals for the last message, above the composer, or why there are none. */
export function SuggestionStrip({ conversationId, thread }: { conversationId: string; thread: Thread }) {
  const { t } = useLanguage();
  const desk = useDesk();
  const usable = usableProposals(thread);
  const socket = useDeskState((state) => state.socket.phase);
  const draft = useDraft(conversationId);
  const { suggestions } = thread;
  return (
    <section className="strip" aria-label={t('suggestions.title')}>
      <p className="visually-hidden" aria-live="polite">
        {usable.length > 0 ? t('suggestions.count', { count: usable.length }) : ''}
      </p>
      {suggestions && usable.length > 0 && (
        <ol className="chips">
          {usable.map(({ position, proposal }) => (
            <SuggestionChip
              key={`${suggestions.id}-${position}`}
              suggestionId={suggestions.id}
              position={position}
              proposal={proposal}
              hidden={suggestions.hidden}
              confidence={confidenceOf(thread, proposal.intents)}
              isUsed={draft.suggestion?.id === suggestions.id && draft.suggestion.position === position}
              onDismiss={() => desk.dismiss(conversationId, [position])}
              isDisabled={socket !== 'online'}
              footer={
                <AutomaticLine conversationId={conversationId} suggestionId={suggestions.id} position={position} />
              }
            />
          ))}
        </ol>
      )}
      {suggestions?.state === 'live' && suggestions.proposals.length === 0 && !isAnswered(thread, suggestions.seq) && (
        <p className="strip-note">
          {t('suggestions.none')}
          {suggestions.abstained ? `：${suggestions.abstained}` : ''}
          {suggestions.hidden.length > 0 && <HiddenDialog hidden={suggestions.hidden} />}
          <span className="faint">
            <kbd>/</kbd> {t('suggestions.searchInstead')}
          </span>
        </p>
      )}
      {suggestions?.state !== 'live' && thread.withdrawn?.reason === 'fact_changed' && (
        <p className="strip-note">{withdrawalText(thread.withdrawn.reason, t)}</p>
      )}
    </section>
  );
}

/** The probability of the intent the proposal answers; `undefined` when it answers a state, or an agent's own word. */
function confidenceOf(thread: Thread, intents: readonly string[]): number | undefined {
  if (thread.suggestions && thread.corrections[thread.suggestions.seq]) return undefined;
  const analysis = thread.suggestions && thread.analyses[thread.suggestions.seq];
  const found = analysis?.intents.filter(({ intent }) => intents.includes(intent)).map(({ confidence }) => confidence);
  return found && found.length > 0 ? Math.max(...found) : undefined;
}
