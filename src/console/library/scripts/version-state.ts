import type { LibraryDetail, ScriptBody, ScriptVersion } from '../../../protocol/library.ts';

/** What a version is to its readers. */
export type VersionState = 'draft' | 'in_review' | 'in_force' | 'expired' | 'replaced' | 'discarded';

/** Tells what a version is at a moment. */
export function versionState({ script, expiresAt, approvedOnce }: ScriptVersion, nowMs: number): VersionState {
  switch (script.status) {
    case 'draft':
    case 'in_review':
      return script.status;
    case 'approved':
      return expiresAt !== undefined && expiresAt <= nowMs ? 'expired' : 'in_force';
    case 'retired':
      return approvedOnce === true ? 'replaced' : 'discarded';
  }
}

/** The version under work. */
export function openOf({ versions }: LibraryDetail): ScriptVersion | undefined {
  return versions.find(({ script }) => script.status === 'draft' || script.status === 'in_review');
}

/** The approved version, run out or not. */
export function approvedOf({ versions }: LibraryDetail): ScriptVersion | undefined {
  return versions.find(({ script }) => script.status === 'approved');
}

/** What people wrote of a version. */
export function writtenOf({ script: { status, version, ...body } }: ScriptVersion): ScriptBody {
  return body;
}
