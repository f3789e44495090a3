import { useNow } from '../../parts/use-now.ts';
import { useDeskState } from '../desk-context.tsx';

/** Whole seconds to a moment of the desk's clock, counting down to 0. */
export function useSecondsLeft(dueAt: number): number {
  useNow();
  const skewMs = useDeskState((state) => state.skewMs);
  // The shared clock ticks once a second and may stand a little behind at the first look.
  return Math.max(0, Math.ceil((dueAt - skewMs - Date.now()) / 1000));
}
