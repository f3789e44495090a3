/** A signed delivery of a feed: bytes in, a checked event out. */
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { cleanText } from '../lib/clean-text.ts';
import { DeskError } from '../lib/errors.ts';
import type { GatewayApp } from './http-server.ts';
import { verifyWebhook } from './verify-webhook.ts';

/** Reads bodies of these routes as bytes, since the signature is over bytes. */
export function takeBytes(scope: GatewayApp, bodyLimit: number): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => done(null, body));
}

/**
 * Checks the signature, then the form.
 *
 * @throws DeskError `unauthorised`, `bad_request` (place and what is legal)
 */
export function readDelivery<T extends z.ZodType>(
  request: FastifyRequest,
  schema: T,
  { secret, nowMs }: { secret: string; nowMs: number },
): { id: string; event: z.output<T> } {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const header = (name: string) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const checked = verifyWebhook(
    secret,
    { id: header('webhook-id'), timestamp: header('webhook-timestamp'), signature: header('webhook-signature') },
    body,
    nowMs,
  );
  if ('refused' in checked) throw new DeskError('unauthorised', checked.refused);
  const event = schema.safeParse(parseJson(body));
  if (event.success) return { id: checked.id, event: event.data };
  const issue = event.error.issues[0]!;
  throw new DeskError('bad_request', `${issue.path.join('.') || 'body'}: ${issue.message}`);
}

function parseJson(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return JSON.parse(text, (_key, value) => (typeof value === 'string' ? cleanText(value) : value));
  } catch {
    throw new DeskError('bad_request', 'body: must be JSON in UTF-8');
  }
}
