import { useLanguage } from '../../i18n/language.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useDeskState } from '../desk-context.tsx';

/** Who else is writing here: the buyer, or a colleague in the same conversation. */
export function TypingLine({ conversationId }: { conversationId: string }) {
  const { t } = useLanguage();
  const now = useNow();
  const typing = useDeskState((state) => state.typing[conversationId]);
  const shown = typing && typing.until > now ? typing : undefined;
  return (
    <p className={shown?.from === 'agent' ? 'typing-line typing-colleague' : 'typing-line'} aria-live="polite">
      {shown && t(`typing.${shown.from}`, { who: shown.who })}
    </p>
  );
}
