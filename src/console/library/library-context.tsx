import { createContext, use } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import type { Catalogue } from '../desk/catalogue.ts';
import type { FormStore } from './editor/form-store.ts';
import type { LibraryCatalogue } from './library-api.ts';
import type { Changes } from './use-changes.ts';

/** What every page of the library works with. */
export interface LibraryContextValue {
  self: AgentSelf;
  supervises: boolean;
  /** Names of scripts, intents, people. */
  names: Catalogue;
  offers: LibraryCatalogue;
  changes: Changes;
  forms: FormStore;
  notify(kind: 'info' | 'trouble', text: string): void;
  /** Says what went wrong; a session that is over leads to the entrance. */
  fail(error: unknown): void;
}

/** The library's pages stand below it. */
export const LibraryContext = createContext<LibraryContextValue | undefined>(undefined);

/** What every page of the library works with. */
export function useLibrary(): LibraryContextValue {
  const value = use(LibraryContext);
  if (!value) throw new Error('this component must stand below a LibraryContext');
  return value;
}
