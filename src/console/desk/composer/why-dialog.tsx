import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { HiddenScript, Proposal } from '../../../protocol/turn.ts';
import { formatDuration } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useDeskState } from '../desk-context.tsx';
import { HiddenScripts } from './hidden-dialog.tsx';

/** Why this text is proposed: reasons, facts with their source and age, conditions that held, and what was held back. */
export function WhyDialog({
  title,
  proposal,
  hidden,
}: {
  title: string;
  proposal: Proposal;
  hidden: readonly HiddenScript[];
}) {
  const { t } = useLanguage();
  const sources = useDeskState((state) => state.catalogue.scripts.get(proposal.scriptId)?.sources);
  return (
    <DialogTrigger>
      <ActionButton look="quiet">{t('why')}</ActionButton>
      <Popover className="popover why" placement="top end">
        <Dialog className="dialog">
          <Heading slot="title" level={3}>
            {title} <span className="code faint">{`${proposal.scriptId} · v${proposal.version}`}</span>
          </Heading>
          <h4>{t('why.reasons')}</h4>
          <ul className="why-reasons">
            {proposal.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          {proposal.slots.length > 0 && <Slots slots={proposal.slots} />}
          {proposal.guards.length > 0 && (
            <>
              <h4>{t('why.guards')}</h4>
              <p className="why-guards">
                {proposal.guards.map((guard) => (
                  <span key={guard} className="badge code">
                    {guard}
                  </span>
                ))}
              </p>
            </>
          )}
          {sources && sources.length > 0 && <p className="faint">{t('why.rules', { rules: sources.join('、') })}</p>}
          <HiddenScripts hidden={hidden} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function Slots({ slots }: { slots: Proposal['slots'] }) {
  const { t, language } = useLanguage();
  const now = useNow();
  return (
    <>
      <h4>{t('why.slots')}</h4>
      <table className="why-slots">
        <tbody>
          {slots.map((slot) => (
            <tr key={slot.name}>
              <th scope="row" className="code">
                {slot.name}
              </th>
              <td>{slot.value}</td>
              <td className="faint">{slot.source}</td>
              <td className="faint figures">
                {slot.readAt !== undefined &&
                  t('why.age', { age: formatDuration(now - Date.parse(slot.readAt), language) })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
