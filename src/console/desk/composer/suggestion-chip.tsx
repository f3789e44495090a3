import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { HiddenScript, Proposal } from '../../../protocol/turn.ts';
import { formatShare } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { scriptTitle } from '../catalogue.ts';
import { useComposer, useDeskState } from '../desk-context.tsx';
import { markSlots } from './mark-slots.ts';
import { WhyDialog } from './why-dialog.tsx';

/** One proposed text: pressing it, or its key, puts it into the draft. It never sends by itself. */
export function SuggestionChip({
  suggestionId,
  position,
  proposal,
  hidden,
  confidence,
  isUsed,
  onDismiss,
  isDisabled,
  footer,
}: {
  suggestionId: string;
  position: number;
  proposal: Proposal;
  hidden: readonly HiddenScript[];
  confidence: number | undefined;
  /** The draft came from it. */
  isUsed: boolean;
  onDismiss(): void;
  isDisabled: boolean;
  /** What stands below the text: a countdown, or why it did not leave by itself. */
  footer?: ReactNode;
}) {
  const { t, language } = useLanguage();
  const composer = useComposer();
  const title = useDeskState((state) => scriptTitle(state.catalogue, proposal.scriptId, language));
  return (
    <li className={isUsed ? 'chip chip-used' : 'chip'}>
      <Button
        className="chip-main"
        onPress={() => composer.current?.insert(proposal.text, { id: suggestionId, position })}
      >
        <span className="visually-hidden">{t('suggestions.insert', { position: position + 1 })}</span>
        <span className="chip-head">
          <kbd>Alt+{position + 1}</kbd>
          <b>{title}</b>
          {title !== proposal.scriptId && <span className="code faint">{proposal.scriptId}</span>}
          {proposal.answers !== undefined && (
            <span className="badge badge-amber">{t('suggestions.answersEarlier')}</span>
          )}
          {proposal.technique && <span className="badge badge-blue">{t(`technique.${proposal.technique}`)}</span>}
          {confidence !== undefined && (
            <span className="chip-confidence faint" title={t('suggestions.confidence')}>
              <span className="meter" aria-hidden="true">
                <span style={{ width: formatShare(confidence) }} />
              </span>
              <span className="figures">{formatShare(confidence)}</span>
            </span>
          )}
        </span>
        <span className="chip-text">
          {markSlots(proposal.text, proposal.slots).map((piece) =>
            piece.slot === undefined ? (
              piece.text
            ) : (
              <mark key={piece.from} title={piece.slot}>
                {piece.text}
              </mark>
            ),
          )}
        </span>
      </Button>
      {proposal.polished !== undefined && (
        <Button
          className="chip-polished"
          onPress={() => composer.current?.insert(proposal.polished!, { id: suggestionId, position })}
        >
          <span className="visually-hidden">{t('suggestions.insertPolished', { position: position + 1 })}</span>
          <span className="badge badge-blue">{t('suggestions.polished')}</span> <kbd>Alt+Shift+{position + 1}</kbd>{' '}
          <span>{proposal.polished}</span>
        </Button>
      )}
      {footer}
      <span className="chip-tools">
        <WhyDialog title={title} proposal={proposal} hidden={hidden} />
        <ActionButton
          look="icon"
          isDisabled={isDisabled}
          aria-label={t('suggestions.dismiss', { title })}
          tip={t('suggestions.dismissTip')}
          onPress={onDismiss}
        >
          <Icon name="close" size={13} />
        </ActionButton>
      </span>
    </li>
  );
}
