import { useEffect, useRef } from 'react';

/** What a key does, by its place on the keyboard: `a`, `slash`. */
export type PageKeys = Readonly<Record<string, (() => void) | undefined>>;

/** Listens for single keys wherever no text is typed and no dialog is open. */
export function usePageKeys(keys: PageKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
      const { target } = event;
      if (target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role=dialog]'))
        return;
      const act = latest.current[event.code.replace(/^Key/, '').toLowerCase()];
      if (!act) return;
      event.preventDefault();
      act();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, []);
}
