import { useRef } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { type ComposerHandle, DeskContext, useDeskState } from './desk-context.tsx';
import { DeskPage } from './desk-page.tsx';
import { SignIn } from './sign-in.tsx';
import type { Desk } from './store/create-desk.ts';

/** The agents' console. */
export function DeskApp({ desk }: { desk: Desk }) {
  const composer = useRef<ComposerHandle>(null);
  return (
    <DeskContext value={{ desk, composer }}>
      <Entrance />
    </DeskContext>
  );
}

function Entrance() {
  const { t } = useLanguage();
  const self = useDeskState((state) => state.self);
  if (self === undefined) return <p className="empty">{t('loading')}</p>;
  return self === null ? <SignIn /> : <DeskPage />;
}
