import { useState } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { ConnectionState } from '../parts/connection-state.tsx';
import { Icon } from '../parts/icons.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { PageLinks } from '../parts/page-links.tsx';
import { isSoundOn, switchSound } from './clock-sound.ts';
import { useDesk, useDeskState } from './desk-context.tsx';
import { waitingApprovals } from './store/select.ts';

/** The bar above the panes: shop, connection, who is on duty, oneself. */
export function TopBar({ onHelp }: { onHelp(): void }) {
  const { t } = useLanguage();
  const desk = useDesk();
  const self = useDeskState((state) => state.self);
  const socket = useDeskState((state) => state.socket);
  if (!self) return null;
  return (
    <header className="top-bar">
      <div className="top-brand">
        <span className="top-mark" aria-hidden="true" />
        <h1>{t('product')}</h1>
        <span className="faint">{self.shopName}</span>
      </div>
      <ConnectionState state={socket} onRetry={desk.retryConnection} />
      <OnDuty />
      <PresenceSwitch />
      <SoundSwitch />
      <span className="top-self">
        {self.name} <span className="faint">{self.title}</span>
      </span>
      <ApprovalsWaiting selfId={self.id} />
      <PageLinks self={self} here="/console" />
      <LanguageSwitch />
      <ActionButton look="icon" aria-label={t('help.title')} tip={t('help.title')} onPress={onHelp}>
        <Icon name="help" />
      </ActionButton>
      <ActionButton look="icon" aria-label={t('signOut')} tip={t('signOut')} onPress={() => void desk.signOut()}>
        <Icon name="door" />
      </ActionButton>
    </header>
  );
}

/** For a supervisor: how many texts wait for their word, and the way to them. */
function ApprovalsWaiting({ selfId }: { selfId: string }) {
  const { t } = useLanguage();
  const waiting = useDeskState((state) => waitingApprovals(state.approvals, selfId));
  if (waiting === 0) return null;
  return (
    <a className="button button-warn top-approvals" href="/supervisor#approvals">
      <Icon name="hand" size={14} /> {t('approvals.count', { count: waiting })}
    </a>
  );
}

function OnDuty() {
  const { t } = useLanguage();
  const onDuty = useDeskState((state) => state.onDuty);
  const agents = useDeskState((state) => state.catalogue.agents);
  const names = onDuty.map((id) => agents.get(id) ?? id);
  return (
    <span className="top-duty faint" title={names.join('、')}>
      <span className={onDuty.length > 0 ? 'dot dot-on' : 'dot'} aria-hidden="true" />
      {t('onDuty', { count: onDuty.length })}
    </span>
  );
}

/** A sound for limits that are nearly due; off at first. */
function SoundSwitch() {
  const { t } = useLanguage();
  const [on, setOn] = useState(isSoundOn);
  return (
    <ActionButton
      look="icon"
      aria-label={t('clock.sound')}
      aria-pressed={on}
      tip={t(on ? 'clock.soundOn' : 'clock.soundOff')}
      onPress={() => {
        switchSound(!on);
        setOn(!on);
      }}
    >
      <Icon name={on ? 'bell' : 'bellOff'} />
    </ActionButton>
  );
}

function PresenceSwitch() {
  const { t } = useLanguage();
  const desk = useDesk();
  const presence = useDeskState((state) => state.presence);
  return (
    <ToggleButtonGroup
      className="switch"
      aria-label={t('presence')}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[presence]}
      onSelectionChange={(chosen) => desk.setPresence(chosen.has('away') ? 'away' : 'online')}
    >
      <ToggleButton id="online">{t('presence.online')}</ToggleButton>
      <ToggleButton id="away">{t('presence.away')}</ToggleButton>
    </ToggleButtonGroup>
  );
}
