import type { ConversationSummary } from '../../../protocol/records.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { useNow } from '../../parts/use-now.ts';
import { channelName } from '../channel-name.ts';
import { Composer } from '../composer/composer.tsx';
import { SuggestionStrip } from '../composer/suggestion-strip.tsx';
import { useDesk, useDeskState } from '../desk-context.tsx';
import { ClockTimer, WaitTimer } from '../list/wait-timer.tsx';
import { activeConversation, activeThread, nearestClock } from '../store/select.ts';
import { FlowLine } from './flow-line.tsx';
import { MessageList } from './message-list.tsx';
import { TypingLine } from './typing-line.tsx';

const REPLY_CLOCKS = ['firstReply', 'platform', 'afterSale', 'logistics'] as const;
const MATTERS = ['answer', 'logisticsCase'] as const;

/** The middle pane: one conversation, the proposals for it, and the composer. */
export function ThreadPane() {
  const { t } = useLanguage();
  const desk = useDesk();
  const id = useDeskState((state) => state.activeId);
  const thread = useDeskState(activeThread);
  if (id === undefined || !thread) return <NothingOpen />;
  return (
    <main className="thread-pane">
      <ThreadHead />
      {thread.flow && <FlowLine flow={thread.flow} />}
      {thread.status === 'failed' ? (
        <div className="empty">
          <p>{t('thread.failed')}</p>
          <ActionButton onPress={() => desk.open(id)}>{t('connection.retry')}</ActionButton>
        </div>
      ) : (
        <MessageList conversationId={id} thread={thread} />
      )}
      <TypingLine conversationId={id} />
      <SuggestionStrip conversationId={id} thread={thread} />
      <Composer conversationId={id} />
    </main>
  );
}

function NothingOpen() {
  const { t } = useLanguage();
  return (
    <main className="thread-pane thread-empty">
      <Icon name="chat" size={40} />
      <p>{t('thread.none')}</p>
      <p className="faint">
        <kbd>Alt+J</kbd> {t('thread.noneHint')} <kbd>?</kbd> {t('help.title')}
      </p>
    </main>
  );
}

function ThreadHead() {
  const { t } = useLanguage();
  const desk = useDesk();
  const conversation = useDeskState(activeConversation);
  if (!conversation) return null;
  const takenOver = conversation.takenOverAt !== undefined;
  return (
    <header className="thread-head">
      <h2>{conversation.buyerName}</h2>
      <span className="faint">{channelName(conversation.channel, t)}</span>
      <ThreadClocks conversation={conversation} />
      <Colleague agentId={conversation.assignedAgentId} />
      {conversation.status === 'resolved' && <span className="badge badge-jade">{t('thread.resolved')}</span>}
      <span className="thread-tools">
        <ActionButton
          look={takenOver ? 'warn' : 'plain'}
          aria-pressed={takenOver}
          tip={t(takenOver ? 'thread.handBackTip' : 'thread.takeOverTip')}
          onPress={() => void desk.takeOver(conversation.id, !takenOver)}
        >
          <Icon name="hand" /> {t(takenOver ? 'thread.handBack' : 'thread.takeOver')} <kbd>Alt+T</kbd>
        </ActionButton>
        <ActionButton
          isDisabled={conversation.status === 'resolved'}
          onPress={() => void desk.resolve(conversation.id)}
        >
          <Icon name="check" /> {t('thread.resolve')} <kbd>Alt+E</kbd>
        </ActionButton>
      </span>
    </header>
  );
}

/** The clock a reply stops, or how long the buyer waits; and those of open matters with the word that ends them. */
function ThreadClocks({ conversation: { id, waitingSince } }: { conversation: ConversationSummary }) {
  const { t } = useLanguage();
  const desk = useDesk();
  const now = useNow();
  const clocks = useDeskState((state) => state.clocks);
  const reply = nearestClock(clocks, id, now, REPLY_CLOCKS);
  return (
    <>
      {reply && <ClockTimer clock={reply} named />}
      {!reply && waitingSince !== undefined && (
        <span className="thread-wait">
          {t('thread.waiting')} <WaitTimer since={waitingSince} />
        </span>
      )}
      {MATTERS.map((kind) => {
        const clock = nearestClock(clocks, id, now, [kind]);
        return (
          clock && (
            <span key={kind} className="thread-clock">
              <ClockTimer clock={clock} named />
              <ActionButton look="link" onPress={() => void desk.settleClock(id, kind)}>
                {t(`clock.settle.${kind}`)}
              </ActionButton>
            </span>
          )
        );
      })}
    </>
  );
}

/** Names the colleague who has the conversation, when it is not oneself. */
function Colleague({ agentId }: { agentId: string | undefined }) {
  const { t } = useLanguage();
  const selfId = useDeskState((state) => state.self?.id);
  const name = useDeskState((state) => (agentId === undefined ? undefined : state.catalogue.agents.get(agentId)));
  if (agentId === undefined || agentId === selfId || name === undefined) return null;
  return <span className="badge badge-amber">{t('thread.colleague', { name })}</span>;
}
