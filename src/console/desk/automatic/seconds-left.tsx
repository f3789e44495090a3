import { useLanguage } from '../../i18n/language.tsx';
import { Icon } from '../../parts/icons.tsx';
import { useSecondsLeft } from './use-seconds-left.ts';

/** In the list: a text of this chat leaves by itself soon. */
export function SecondsLeft({ dueAt }: { dueAt: number }) {
  const { t } = useLanguage();
  const seconds = useSecondsLeft(dueAt);
  return (
    <span className="badge badge-blue figures" title={t('automatic.inSeconds', { seconds })}>
      <Icon name="clock" size={11} /> {seconds}
    </span>
  );
}
