/** A picture that comes while a case is open is put to the case. @see RP-1 */
import { findRecord, replaceRecord, withValue } from '../conversations/desk-records.ts';
import type { Message } from '../protocol/records.ts';
import { orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import type { TurnContext } from './ports.ts';
import { holdsPicture, pictureName } from './read-pictures.ts';

/** Who entered what the desk took down by itself. */
const DESK = { by: 'desk', name: '系统' };

/** The context with the picture in it; the same context where there is nothing to note. Repeating it changes nothing. */
export async function notePicture(desk: Desk, context: TurnContext, message: Message): Promise<TurnContext> {
  const { shopId, id } = context.conversation;
  const orderId = orderOfChat(context.orders, context.conversation)?.id;
  if (!holdsPicture(message.text)) return context;
  if (findRecord(context.conversation.state.records, 'case', orderId)?.value['open'] !== true) return context;
  const nowMs = desk.clock.now();
  const records = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, id);
    const kase = row && findRecord(row.state.records, 'case', orderId);
    const photos = (kase?.value['photos'] ?? []) as string[];
    if (!row || kase?.value['open'] !== true || photos.includes(pictureName(message))) return row?.state.records;
    const value = { ...kase.value, photos: [...photos, pictureName(message)].slice(-50), photosImpossible: false };
    const key = { group: kase.group, orderId: kase.orderId };
    const after = replaceRecord(row.state.records, kase, withValue(kase, key, value, { ...DESK, at: nowMs }));
    await stores.conversations.update(shopId, id, { state: { ...row.state, records: after } }, nowMs);
    return after;
  });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['records'] });
  const { conversation } = context;
  return {
    ...context,
    conversation: { ...conversation, state: { ...conversation.state, ...(records ? { records } : {}) } },
  };
}
