/** Deliveries that are signed in the Standard Webhooks form. */
import { timingSafeEqual } from 'node:crypto';
import { digestWebhook } from '../lib/sign-webhook.ts';

/** Older or newer deliveries than this are refused: they may be replays. */
const TOLERANCE_S = 300;

/** Headers of a delivery. */
export interface WebhookHeaders {
  id: string | undefined;
  timestamp: string | undefined;
  signature: string | undefined;
}

/** Why a delivery is refused, or its id. The clock is the caller's, so that it can be tested to the second. */
export function verifyWebhook(
  secret: string,
  headers: WebhookHeaders,
  body: Buffer,
  nowMs: number,
): { id: string } | { refused: string } {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature)
    return { refused: 'webhook-id, webhook-timestamp and webhook-signature are needed' };
  if (!/^\d{1,12}$/.test(timestamp)) return { refused: 'webhook-timestamp must be Unix seconds' };
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > TOLERANCE_S) {
    return { refused: `webhook-timestamp is more than ${TOLERANCE_S} s away from now` };
  }
  const expected = digestWebhook(secret, id, timestamp, body);
  // Several signatures may stand side by side while a key is changed.
  const matches = signature.split(' ').some((part) => {
    const given = Buffer.from(part.startsWith('v1,') ? part.slice(3) : '', 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return matches ? { id } : { refused: 'webhook-signature does not match' };
}
