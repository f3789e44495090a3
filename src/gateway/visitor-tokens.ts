/** Signed tokens of buyers: who they are, of which shop, until when. Any node of the desk can read them. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const Claims = z.strictObject({ shop: z.string(), buyer: z.string(), until: z.int() });

/** Whom a token names. */
export interface Visitor {
  shopId: string;
  buyerId: string;
}

/** Signs and reads visitor tokens. */
export interface VisitorTokens {
  sign(visitor: Visitor, nowMs: number): string;
  /** The visitor, or none when the token is forged, damaged or expired. */
  read(token: string, nowMs: number): Visitor | undefined;
}

/** A visitor may come back for this long without a new token. */
const VALID_MS = 30 * 24 * 3_600_000;

/** Creates the signer over a secret that all nodes share. */
export function createVisitorTokens(secret: string): VisitorTokens {
  const mac = (payload: string) => createHmac('sha256', secret).update(`visitor:${payload}`).digest();
  return {
    sign(visitor, nowMs) {
      const claims = { shop: visitor.shopId, buyer: visitor.buyerId, until: nowMs + VALID_MS };
      const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
      return `${payload}.${mac(payload).toString('base64url')}`;
    },
    read(token, nowMs) {
      const [payload, signature, rest] = token.split('.');
      if (!payload || !signature || rest !== undefined) return undefined;
      const given = Buffer.from(signature, 'base64url');
      const expected = mac(payload);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      const claims = Claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
      if (!claims.success || claims.data.until < nowMs) return undefined;
      return { shopId: claims.data.shop, buyerId: claims.data.buyer };
    },
  };
}
