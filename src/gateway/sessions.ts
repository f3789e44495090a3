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
/** Logins whose failures are remembered; made-up ones must not fill the memory. */
const REMEMBERED = 10_000;

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

  /** An attempt counts before its password is looked at: many at once are as many as one after another. */
  function countAttempt(key: string): void {
    const nowMs = clock.now();
    const known = failures.get(key);
    const window = known && nowMs - known.since <= WINDOW_MS ? known : { count: 0, since: nowMs };
    if (window.count >= MAX_FAILURES)
      throw new DeskError('too_many', 'too many failed sign-ins: try again in five minutes');
    failures.delete(key);
    failures.set(key, { ...window, count: window.count + 1 });
    if (failures.size > REMEMBERED) failures.delete(failures.keys().next().value!);
  }

  return {
    async signIn(shopId, login, password) {
      const key = `${shopId}/${login}`;
      countAttempt(key);
      const found = await people.agentByLogin(shopId, login);
      // The same work for an unknown login, so that its answer takes as long.
      const right = await verifyPassword(password, found?.passwordHash ?? 'argon2id$$AAAAAAAAAAAAAAAAAAAAAA$AAAA');
      if (!found || !right) throw new DeskError('unauthorised', 'login or password is wrong');
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
