import { Dialog, DialogTrigger, Heading, Popover } from 'react-aria-components';
import type { HiddenScript } from '../../../protocol/turn.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { scriptTitle } from '../catalogue.ts';
import { useDeskState } from '../desk-context.tsx';

/** Scripts that fitted but may not be said, each with its reason. */
export function HiddenScripts({ hidden }: { hidden: readonly HiddenScript[] }) {
  const { t, language } = useLanguage();
  const catalogue = useDeskState((state) => state.catalogue);
  if (hidden.length === 0) return null;
  return (
    <>
      <h4>{t('hidden.title', { count: hidden.length })}</h4>
      <ul className="why-hidden">
        {hidden.map((script) => (
          <li key={`${script.scriptId}-${script.name}`}>
            <span>
              {scriptTitle(catalogue, script.scriptId, language)} <span className="code faint">{script.scriptId}</span>
            </span>
            <span className="faint">
              {t(`hidden.${script.because}`)} <span className="code">{script.fact ?? script.name}</span> ·{' '}
              {script.detail}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The same list behind a button, for when nothing at all is proposed. */
export function HiddenDialog({ hidden }: { hidden: readonly HiddenScript[] }) {
  const { t } = useLanguage();
  return (
    <DialogTrigger>
      <ActionButton look="link">{t('hidden.show', { count: hidden.length })}</ActionButton>
      <Popover className="popover why" placement="top start">
        <Dialog className="dialog">
          <Heading slot="title" level={3}>
            {t('suggestions.none')}
          </Heading>
          <HiddenScripts hidden={hidden} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
