import { useCallback, useEffect, useState } from 'react';
import type { DemoBody } from '../desk/store/desk-api.ts';
import { shopApi, type Visitor } from './shop-api.ts';

const storageKey = 'huashu.visitor';
const AGAIN_AFTER_MS = 4000;

interface Stored {
  /** The demo buyer chosen; absent for a plain visitor. */
  buyer?: string;
  visitor: Visitor;
}

/** Who is looking at the shop. */
export interface Visit {
  /** `undefined` while it is asked, `null` where the shop is no demo. */
  demo: DemoBody | null | undefined;
  visitor: Visitor | undefined;
  /** The demo buyer one is, if any. */
  buyer: string | undefined;
  problem: boolean;
  /** Becomes another demo buyer, or a new visitor. */
  become(buyer: string | undefined): void;
  /** Asks for a fresh token of the same buyer. */
  renew(): void;
}

/** Keeps the visitor of this tab; two tabs can be two buyers. */
export function useVisitor(): Visit {
  const [demo, setDemo] = useState<DemoBody | null>();
  const [stored, setStored] = useState<Stored | undefined>(readStored);
  const [problem, setProblem] = useState(false);
  const [wanted, setWanted] = useState<{ buyer: string | undefined }>();

  const become = useCallback((buyer: string | undefined) => setWanted({ buyer }), []);
  const renew = useCallback(() => setWanted((before) => ({ buyer: before?.buyer ?? readStored()?.buyer })), []);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let current = true;
    async function ask(): Promise<void> {
      try {
        const body = await shopApi.demo();
        if (!current) return;
        setDemo(body ?? null);
        setProblem(false);
      } catch {
        if (!current) return;
        setProblem(true);
        timer = setTimeout(ask, AGAIN_AFTER_MS);
      }
    }
    void ask();
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, []);

  useEffect(() => {
    if (demo === undefined) return;
    const target = wanted ?? (stored ? undefined : { buyer: demo?.buyers[0]?.id });
    if (!target) return;
    let current = true;
    shopApi.visit(target.buyer).then(
      (visitor) => {
        if (!current) return;
        const next: Stored = target.buyer === undefined ? { visitor } : { visitor, buyer: target.buyer };
        sessionStorage.setItem(storageKey, JSON.stringify(next));
        setStored(next);
        setWanted(undefined);
        setProblem(false);
      },
      () => current && setProblem(true),
    );
    return () => {
      current = false;
    };
  }, [demo, wanted, stored]);

  return { demo, visitor: stored?.visitor, buyer: stored?.buyer, problem, become, renew };
}

function readStored(): Stored | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as Stored | null) ?? undefined;
  } catch {
    return undefined;
  }
}
