import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton, type ButtonLook } from './action-button.tsx';
import './confirm-dialog.css';

/** A button that asks once more before it does something. */
export function ConfirmDialog({
  label,
  name,
  look = 'plain',
  isDisabled = false,
  title,
  confirm,
  children,
  onConfirm,
}: {
  label: string;
  /** What the button is called where its label alone is not enough. */
  name?: string | undefined;
  look?: ButtonLook;
  isDisabled?: boolean;
  title: string;
  /** What the button in the dialog says. */
  confirm: string;
  /** What will happen. */
  children: ReactNode;
  onConfirm(): Promise<void>;
}) {
  const { t } = useLanguage();
  return (
    <DialogTrigger>
      <ActionButton look={look} isDisabled={isDisabled} {...(name === undefined ? {} : { 'aria-label': name })}>
        {label}
      </ActionButton>
      <ModalOverlay className="modal-veil" isDismissable>
        <Modal className="modal confirm-dialog">
          <Dialog className="dialog" role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {title}
                </Heading>
                <p>{children}</p>
                <div className="confirm-buttons">
                  <ActionButton onPress={close}>{t('cancel')}</ActionButton>
                  <ActionButton
                    look="main"
                    onPress={() => {
                      close();
                      void onConfirm();
                    }}
                  >
                    {confirm}
                  </ActionButton>
                </div>
              </>
            )}
          </Dialog>
        </Modal>
      </ModalOverlay>
    </DialogTrigger>
  );
}
