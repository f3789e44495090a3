/** Keeps what is typed on this machine until it is saved or thrown away. */
import type { DraftForm } from './draft-form.ts';

/** What was typed, and what it was typed over. */
export interface KeptForm {
  form: DraftForm;
  /** Revision of the open draft it began from; absent where there was none. */
  revision?: number;
}

/** A store per person. */
export interface FormStore {
  read(scriptId: string): KeptForm | undefined;
  write(scriptId: string, kept: KeptForm): void;
  remove(scriptId: string): void;
}

/** Name under which a script is kept that has no id yet. */
export const NEW_SCRIPT = 'new';

/** Creates the store of a person. */
export function createFormStore(storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>, agentId: string) {
  const key = (scriptId: string) => `huashu.library.${agentId}.${scriptId}`;
  const store: FormStore = {
    read(scriptId) {
      try {
        const kept = JSON.parse(storage.getItem(key(scriptId)) ?? 'null') as KeptForm | null;
        return Array.isArray(kept?.form?.variants) && Array.isArray(kept.form.sources) ? kept : undefined;
      } catch {
        return undefined;
      }
    },
    write: (scriptId, kept) => storage.setItem(key(scriptId), JSON.stringify(kept)),
    remove: (scriptId) => storage.removeItem(key(scriptId)),
  };
  return store;
}
