import { useCallback, useSyncExternalStore } from 'react';
import { type Address, readAddress, writeAddress } from './address.ts';

/** Goes to a place; what is not named stays. `replace`: the place left is no place to come back to. */
export type Navigate = (change: Partial<Address>, how?: 'push' | 'replace') => void;

function subscribe(listener: () => void): () => void {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}

/** The place the reader is at, and the way to others. */
export function useAddress(): [Address, Navigate] {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const navigate = useCallback<Navigate>((change, how = 'push') => {
    const next = writeAddress({ ...readAddress(location.hash), ...change });
    if (next === location.hash) return;
    if (how === 'push') {
      location.hash = next;
      return;
    }
    history.replaceState(null, '', next);
    dispatchEvent(new HashChangeEvent('hashchange'));
  }, []);
  return [readAddress(hash), navigate];
}
