import { type ReactNode, useCallback, useState } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { useSettings } from './settings-context.tsx';

/** Saving as every page of the settings does it. */
export interface Saving {
  /** Why the last try failed. */
  problem: string | undefined;
  setProblem(problem: string | undefined): void;
  /** Saves and says so; false when it failed, and then `problem` says why. */
  attempt(work: () => Promise<void>): Promise<boolean>;
}

/** One problem for one form. */
export function useSave(): Saving {
  const { t } = useLanguage();
  const { notify } = useSettings();
  const [problem, setProblem] = useState<string>();
  const attempt = useCallback(
    async (work: () => Promise<void>) => {
      try {
        await work();
        setProblem(undefined);
        notify('info', t('settings.saved'));
        return true;
      } catch (error) {
        setProblem((error as Error).message);
        return false;
      }
    },
    [notify, t],
  );
  return { problem, setProblem, attempt };
}

/** The problem of a form, read out when it comes. */
export function SaveProblem({ problem, id }: { problem: string | undefined; id?: string }): ReactNode {
  if (problem === undefined) return null;
  return (
    <span id={id} className="settings-problem" role="alert">
      {problem}
    </span>
  );
}
