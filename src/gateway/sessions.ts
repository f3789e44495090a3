/** Sign-in of agents: a random token in a cookie, its hash in the record. */
import { createHash, randomBytes } from 'node:crypto';
import type { Agent, PeopleStore } from '../desk/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { DeskError } from '../lib/errors.ts';
import { verifyPassword } from './passwords.ts';

/** Name of the cookie. */
export const SESSION_COOKIE = 'huashu_session';
/** A shift and a half: a session ends by itself. */
export const SESSION_MS = 14 * 3_600_000;

/** Failed attempts that a login may have in a window before it is refused. */
const MAX_FAILURES = 8;
const WINDOW_MS = 5 * 60_000;

/** Sessions of agents and supervisors. */
export interface Sessions {
  /** Opens a session. @throws DeskError `unauthorised`, `too_many` */
  signIn(shopId: string, login: string, password: string): Promise<{ token: string; agent: Agent }>;
  /** Who a cookie's token belongs to. */
  read(token: string | undefined): Promise<Agent | undefined>;
  signOut(token: string): Promise<void>;
}

/** Creates the sessions over the record. */
export function createSessions(people: PeopleStore, clock: Clock): Sessions {
  const failures = new Map<string, { count: number; since: number }>();
  const hash = (token: string) => createHash('sha256').update(token).digest('hex');

  function refuseAfterFailures(key: string): void {
    const failed = failures.get(key);
    if (!failed) return;
    if (clock.now() - failed.since > WINDOW_MS) failures.delete(key);
    else if (failed.count >= MAX_FAILURES)
      throw new DeskError('too_many', 'too many failed sign-ins: try again in five minutes');
  }

  return {
    async signIn(shopId, login, password) {
      const key = `${shopId}/${login}`;
      refuseAfterFailures(key);
      const found = await people.agentByLogin(shopId, login);
      // The same work for an unknown login, so that its answer takes as long.
      const right = await verifyPassword(password, found?.passwordHash ?? 'argon2id$$AAAAAAAAAAAAAAAAAAAAAA$AAAA');
      if (!found || !right) {
        const failed = failures.get(key) ?? { count: 0, since: clock.now() };
        failures.set(key, { ...failed, count: failed.count + 1 });
        throw new DeskError('unauthorised', 'login or password is wrong');
      }
      failures.delete(key);
      const token = randomBytes(32).toString('base64url');
      await people.openSession(shopId, hash(token), found.id, clock.now() + SESSION_MS);
      const { passwordHash: _hidden, ...agent } = found;
      return { token, agent };
    },
    read: async (token) => (token ? await people.agentBySession(hash(token), clock.now()) : undefined),
    signOut: (token) => people.closeSession(hash(token)),
  };
}
