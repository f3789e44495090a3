import { type FormEvent, useEffect, useId, useState } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import { HttpError } from '../client/http.ts';
import { type DemoBody, deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from './action-button.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import './sign-in.css';

/** Signing in at the desk; a demo shop offers its people to choose from. */
export function SignInForm({ onSignedIn }: { onSignedIn(self: AgentSelf): void }) {
  const { t } = useLanguage();
  const ids = useId();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const [demo, setDemo] = useState<DemoBody>();

  useEffect(() => {
    deskApi.demo().then(setDemo, (error: Error) => console.debug('demo', error.message));
  }, []);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setBusy(true);
    setProblem(undefined);
    try {
      onSignedIn(await deskApi.signIn(login.trim(), password));
    } catch (error) {
      const refused = error instanceof HttpError && (error.status === 401 || error.status === 400);
      setProblem(t(refused ? 'signIn.refused' : 'signIn.unreachable'));
      setBusy(false);
    }
  }

  return (
    <main className="sign-in">
      <form className="sign-in-card" onSubmit={submit}>
        <div className="sign-in-head">
          <h1>{t('product')}</h1>
          <LanguageSwitch />
        </div>
        <p className="faint">{t('signIn.lead')}</p>
        <div className="field">
          <label htmlFor={`${ids}-login`}>{t('signIn.login')}</label>
          <input
            id={`${ids}-login`}
            className="input"
            autoComplete="username"
            required
            value={login}
            onChange={(event) => setLogin(event.target.value)}
          />
        </div>
        <div className="field">
          <label htmlFor={`${ids}-password`}>{t('signIn.password')}</label>
          <input
            id={`${ids}-password`}
            className="input"
            type="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </div>
        <p className="sign-in-problem" role="alert">
          {problem}
        </p>
        <ActionButton type="submit" look="main" isDisabled={busy}>
          {t('signIn.submit')}
        </ActionButton>
        {demo?.demo && demo.agents.length > 0 && (
          <div className="sign-in-demo">
            <p className="faint">{t('signIn.demo')}</p>
            {demo.agents.map((agent) => (
              <ActionButton
                key={agent.login}
                onPress={() => {
                  setLogin(agent.login);
                  setPassword(agent.password);
                }}
              >
                {agent.name}{' '}
                <span className="faint">{t(agent.role === 'supervisor' ? 'role.supervisor' : 'role.agent')}</span>
              </ActionButton>
            ))}
          </div>
        )}
      </form>
    </main>
  );
}
