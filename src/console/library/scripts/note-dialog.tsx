import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton, type ButtonLook } from '../../parts/action-button.tsx';

/** A decision that wants a word with it: a button, and the dialog it opens. */
export function NoteDialog({
  name,
  keyName,
  look = 'plain',
  isDisabled = false,
  isOpen,
  onOpenChange,
  title,
  noteLabel,
  noteRequired = false,
  confirm,
  children,
  onConfirm,
}: {
  name: string;
  keyName?: string;
  look?: ButtonLook;
  isDisabled?: boolean;
  isOpen?: boolean;
  onOpenChange?(open: boolean): void;
  title: string;
  noteLabel: string;
  noteRequired?: boolean;
  confirm: string;
  children?: ReactNode;
  /** Whether it was done; the dialog then closes. */
  onConfirm(note: string): Promise<boolean>;
}) {
  return (
    <DialogTrigger {...(isOpen === undefined ? {} : { isOpen })} {...(onOpenChange ? { onOpenChange } : {})}>
      <ActionButton look={look} isDisabled={isDisabled}>
        {name} {keyName !== undefined && <kbd>{keyName}</kbd>}
      </ActionButton>
      <ModalOverlay className="modal-veil" isDismissable>
        <Modal className="modal">
          <Dialog className="dialog note-dialog">
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {title}
                </Heading>
                {children}
                <NoteForm
                  label={noteLabel}
                  required={noteRequired}
                  confirm={confirm}
                  onCancel={close}
                  onConfirm={async (note) => {
                    if (await onConfirm(note)) close();
                  }}
                />
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}

function NoteForm({
  label,
  required,
  confirm,
  onCancel,
  onConfirm,
}: {
  label: string;
  required: boolean;
  confirm: string;
  onCancel(): void;
  onConfirm(note: string): Promise<void>;
}) {
  const { t } = useLanguage();
  const id = useId();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);

  async function submit(event?: FormEvent): Promise<void> {
    event?.preventDefault();
    if (busy || (required && note.trim() === '')) return;
    setBusy(true);
    await onConfirm(note.trim());
    setBusy(false);
  }

  return (
    <form className="note-form" onSubmit={(event) => void submit(event)}>
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <textarea
          id={id}
          className="input"
          rows={3}
          maxLength={500}
          required={required}
          // The dialog is there for this field.
          ref={(field) => field?.focus()}
          value={note}
          onChange={({ target }) => setNote(target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
          }}
        />
      </div>
      <div className="note-buttons">
        <ActionButton onPress={onCancel}>{t('cancel')}</ActionButton>
        <ActionButton type="submit" look="main" isDisabled={busy || (required && note.trim() === '')}>
          {confirm} <kbd>Ctrl+Enter</kbd>
        </ActionButton>
      </div>
    </form>
  );
}
