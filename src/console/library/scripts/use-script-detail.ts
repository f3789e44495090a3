import { useEffect, useState } from 'react';
import type { LibraryDetail } from '../../../protocol/library.ts';
import { unlessMissing } from '../../desk/store/desk-api.ts';
import { libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';

/** A script with its history. */
export interface DetailView {
  /** `undefined` while it is read, `null` when there is none. */
  detail: LibraryDetail | undefined | null;
  /** Takes in what the desk answered to an order. */
  take(detail: LibraryDetail): void;
}

/** Reads a script, and again when the library changes. */
export function useScriptDetail(scriptId: string | undefined): DetailView {
  const { changes, fail } = useLibrary();
  const { listen } = changes;
  const [detail, take] = useState<LibraryDetail | null>();

  useEffect(() => {
    if (scriptId === undefined) return;
    let left = false;
    const read = () =>
      void unlessMissing(libraryApi.detail(scriptId)).then(
        (body) => left || take(body ?? null),
        (error: unknown) => left || fail(error),
      );
    take(undefined);
    read();
    const stop = listen('library', read);
    return () => {
      left = true;
      stop();
    };
  }, [scriptId, listen, fail]);

  return { detail, take };
}
