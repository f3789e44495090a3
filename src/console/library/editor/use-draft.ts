import { type Dispatch, useEffect, useReducer, useState } from 'react';
import type { LibraryDetail, ScriptVersion } from '../../../protocol/library.ts';
import { useLibrary } from '../library-context.tsx';
import { approvedOf, openOf, writtenOf } from '../scripts/version-state.ts';
import { type DraftForm, type FormAction, formOf, reduceForm, sameForm } from './draft-form.ts';

/** What somebody else did to the draft while this one was typed. */
export interface DraftConflict {
  kind: 'changed' | 'in_review' | 'decided';
  /** What stands; `undefined` where nothing does. */
  theirs: ScriptVersion | undefined;
}

/** A draft under somebody's hands. */
export interface DraftView {
  form: DraftForm;
  dispatch: Dispatch<FormAction>;
  /** Revision of the draft it is written over; absent where none is open. */
  revision: number | undefined;
  changed: boolean;
  /** It was typed earlier and never saved. */
  resumed: boolean;
  conflict: DraftConflict | undefined;
  /** Goes on with what is typed, over what somebody else wrote. */
  overwrite(): void;
  /** Goes on with what stands. */
  adopt(): void;
  /** The desk has it: nothing needs to be kept here. */
  saved(revision: number): void;
}

/** What an editor begins with: the open draft, else what is in force, else the newest. */
function baseOf(detail: LibraryDetail): { form: DraftForm; revision: number | undefined } {
  const open = openOf(detail);
  const version = open ?? approvedOf(detail) ?? detail.versions[0]!;
  return { form: formOf(writtenOf(version), version.group, open?.note), revision: open?.revision };
}

/** Keeps what is typed through reloads and through the work of others. */
export function useDraft(detail: LibraryDetail): DraftView {
  const { forms } = useLibrary();
  const { scriptId } = detail.entry;
  const base = baseOf(detail);
  const [kept] = useState(() => forms.read(scriptId));
  const [form, dispatch] = useReducer(reduceForm, kept?.form ?? base.form);
  const [began, setBegan] = useState(() => ({ form: base.form, revision: kept ? kept.revision : base.revision }));
  const changed = !sameForm(form, began.form);
  const outdated = base.revision !== began.revision;

  useEffect(() => {
    if (changed) forms.write(scriptId, { form, ...(began.revision === undefined ? {} : { revision: began.revision }) });
    else forms.remove(scriptId);
  }, [forms, scriptId, form, changed, began.revision]);

  function adopt(): void {
    setBegan(base);
    dispatch({ type: 'replaced', form: base.form });
  }
  useEffect(() => {
    // Nothing typed, nothing to lose: what others write is simply shown.
    if (outdated && !changed) adopt();
  });

  return {
    form,
    dispatch,
    revision: began.revision,
    changed,
    resumed: kept !== undefined && changed,
    conflict: outdated && changed ? conflictOf(detail) : undefined,
    overwrite: () => setBegan({ form: began.form, revision: base.revision }),
    adopt,
    saved(revision) {
      forms.remove(scriptId);
      setBegan({ form, revision });
    },
  };
}

function conflictOf(detail: LibraryDetail): DraftConflict {
  const open = openOf(detail);
  if (!open) return { kind: 'decided', theirs: approvedOf(detail) };
  return { kind: open.script.status === 'in_review' ? 'in_review' : 'changed', theirs: open };
}
