/** Signatures in the Standard Webhooks form: `v1,base64(HMAC-SHA256(key, "id.timestamp.body"))`. */
import { createHmac } from 'node:crypto';

/** Signs a delivery. */
export function signWebhook(secret: string, id: string, timestampS: number, body: string | Buffer): string {
  return `v1,${digestWebhook(secret, id, String(timestampS), Buffer.from(body)).toString('base64')}`;
}

/**
 * The bare signature of a delivery.
 *
 * @param secret `whsec_` and the key in base64
 * @param timestamp Unix seconds, as it stands in the header
 */
export function digestWebhook(secret: string, id: string, timestamp: string, body: Buffer): Buffer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest();
}
