import { type ReactNode, useEffect, useState } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import { SignInForm } from './sign-in-form.tsx';

/** Shows a page to whoever is signed in, and the entrance to everybody else. */
export function SessionGate({
  children,
}: {
  /** @param leave called when the session is over */
  children(self: AgentSelf, leave: () => void): ReactNode;
}) {
  const { t } = useLanguage();
  const [self, setSelf] = useState<AgentSelf | null>();
  const [leave] = useState(() => () => setSelf(null));
  useEffect(() => {
    deskApi.session().then(setSelf, leave);
  }, [leave]);
  if (self === undefined) return <p className="empty">{t('loading')}</p>;
  if (self === null) return <SignInForm onSignedIn={setSelf} />;
  return children(self, leave);
}
