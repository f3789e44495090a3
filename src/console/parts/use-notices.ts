import { useCallback, useRef, useState } from 'react';

/** One sentence. */
export interface Notice {
  id: number;
  kind: 'info' | 'trouble';
  text: string;
}

/** Says something. */
export type Notify = (kind: Notice['kind'], text: string) => void;

const NOTICE_MS = 6000;

/** Short sentences at the foot of the page, which go by themselves. */
export function useNotices(): [readonly Notice[], Notify] {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const last = useRef(0);
  const notify = useCallback<Notify>((kind, text) => {
    last.current += 1;
    const id = last.current;
    setNotices((before) => [...before.filter((it) => it.text !== text), { id, kind, text }].slice(-3));
    setTimeout(() => setNotices((before) => before.filter((it) => it.id !== id)), NOTICE_MS);
  }, []);
  return [notices, notify];
}
