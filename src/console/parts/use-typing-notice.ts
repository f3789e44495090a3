import { useEffect, useRef } from 'react';

const REPEAT_MS = 3000;
const SILENCE_MS = 4000;

/** Tells the other side that somebody writes: at most every three seconds, and once when it stops. */
export function useTypingNotice(text: string, tell: (on: boolean) => void): void {
  const toldAt = useRef(0);
  const before = useRef(text);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    if (before.current === text) return;
    before.current = text;
    if (text === '') {
      if (toldAt.current > 0) latest.current(false);
      toldAt.current = 0;
      return;
    }
    if (Date.now() - toldAt.current > REPEAT_MS) {
      toldAt.current = Date.now();
      latest.current(true);
    }
    const timer = setTimeout(() => {
      toldAt.current = 0;
      latest.current(false);
    }, SILENCE_MS);
    return () => clearTimeout(timer);
  }, [text]);
}
