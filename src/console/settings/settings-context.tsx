import { createContext, use } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import type { SettingsPart, SettingsView } from '../../protocol/settings.ts';
import type { Catalogue } from '../desk/catalogue.ts';
import type { Changes } from '../library/use-changes.ts';

/** What every page of the settings works with. */
export interface SettingsContextValue {
  self: AgentSelf;
  /** Names of scripts, intents, people. */
  names: Catalogue;
  settings: SettingsView;
  changes: Changes;
  /**
   * Saves one part. What goes wrong is an error with a sentence; after a conflict the settings are read anew.
   *
   * @param value `undefined`: back to the default
   */
  save(part: SettingsPart, value: unknown): Promise<void>;
  notify(kind: 'info' | 'trouble', text: string): void;
  /** Says what went wrong; a session that is over leads to the entrance. */
  fail(error: unknown): void;
}

/** The settings' pages stand below it. */
export const SettingsContext = createContext<SettingsContextValue | undefined>(undefined);

/** What every page of the settings works with. */
export function useSettings(): SettingsContextValue {
  const value = use(SettingsContext);
  if (!value) throw new Error('this component must stand below a SettingsContext');
  return value;
}
