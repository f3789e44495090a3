/** A matter the buyer must learn of while their page is closed: it does not wait for them. @see FR-08, TAB-46 */
import { findRecord } from '../conversations/desk-records.ts';
import type { ConversationRow } from '../conversations/ports.ts';
import type { EventOf } from '../followups/events.ts';
import { CONTACT_CHANNELS, type ContactChannel } from '../protocol/ids.ts';
import { orderOfChat } from './build-facts.ts';
import type { TurnContext } from './ports.ts';

type Told = EventOf<'message.agent'>['data'];

/** Cards that tell of goods that do not come, or come late. @see FU-11 */
const SHORTAGE_CARDS = ['SCR-89', 'SCR-90'];
/** The cards of difficult parcels, after-sale matters and refunds. */
const AFTER_SALE = { from: 92, to: 139 };

/**
 * What the timers must know of an agent's words beside the words: the matter they are about, whether the buyer sees
 * them, and how else the buyer may be reached. Phone and text message are for the matter of the order alone; any other
 * channel only by the buyer's consent. @see FU-42, TRAP-14
 */
export function matterOf(
  { orders, buyer }: TurnContext,
  { state }: ConversationRow,
  card: string | undefined,
  buyerOnline: boolean,
): Pick<Told, 'matter' | 'orderId' | 'buyerOnline' | 'channelsAllowed'> {
  const order = orderOfChat(orders, { state });
  const isShortage = card !== undefined && SHORTAGE_CARDS.includes(card);
  const caseOpen = findRecord(state.records, 'case', order?.id)?.value['open'] === true;
  if (!isShortage && !caseOpen && !isAfterSaleCard(card)) return {};
  const entered = findRecord(state.records, 'consent', undefined)?.value['channels'];
  const agreed = [...(buyer.consent.channels ?? []), ...(Array.isArray(entered) ? entered : [])];
  const byPhone = order?.facts.address?.phone === undefined ? [] : ['phone', 'sms'];
  const allowed = new Set<unknown>([...byPhone, ...agreed]);
  return {
    matter: isShortage ? 'shortage' : 'after_sale',
    ...(order ? { orderId: order.id } : {}),
    buyerOnline,
    channelsAllowed: CONTACT_CHANNELS.filter((channel: ContactChannel) => allowed.has(channel)),
  };
}

function isAfterSaleCard(card: string | undefined): boolean {
  const number = Number(card?.replace('SCR-', ''));
  return number >= AFTER_SALE.from && number <= AFTER_SALE.to && number !== 95;
}
