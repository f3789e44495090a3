/** Stopping a text before it leaves: shown as stopped at once, confirmed by the desk. */
import type { AgentCommand } from '../../../protocol/frames.ts';
import type { Store } from '../../client/create-store.ts';
import { CommandError, type DeskSocket } from '../../client/desk-socket.ts';
import type { DeskAction, DeskState } from './desk-state.ts';
import { pendingSend } from './reduce-automatic.ts';

/** What came of stopping; `gone`: it had left, `lost`: nobody knows, and the text is shown as waiting again. */
export type StopOutcome = 'stopped' | 'gone' | 'lost';

/** Creates the way to stop; where nothing waits there is nothing to stop. */
export function createStopAutomatic(
  store: Store<DeskState, DeskAction>,
  socket: Pick<DeskSocket<AgentCommand>, 'command'>,
): (conversationId: string) => Promise<StopOutcome> {
  return async (conversationId) => {
    const pending = pendingSend(store.get(), conversationId);
    if (!pending) return 'stopped';
    store.dispatch({ type: 'automaticStopped', conversationId });
    try {
      await socket.command('automatic.stop', { conversationId, sendId: pending.id });
      return 'stopped';
    } catch (error) {
      const code = error instanceof CommandError ? error.code : undefined;
      if (code === 'conflict') return 'gone';
      if (code === 'not_found') return 'stopped';
      store.dispatch({ type: 'automaticStopFailed', conversationId });
      return 'lost';
    }
  };
}
