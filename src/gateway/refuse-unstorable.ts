import type { FastifyRequest } from 'fastify';
import { DeskError } from '../lib/errors.ts';
import { findUnstorable } from '../lib/find-unstorable.ts';

/** Refuses a body that the record could not hold, before it is read. @throws DeskError `bad_request` */
export async function refuseUnstorable(request: FastifyRequest): Promise<void> {
  const found = findUnstorable(request.body);
  if (found) throw new DeskError('bad_request', `${['body', found.path].filter(Boolean).join('.')} ${found.problem}`);
}
