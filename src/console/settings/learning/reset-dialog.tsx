import type { ReactNode } from 'react';
import { Dialog, DialogTrigger, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton, type ButtonLook } from '../../parts/action-button.tsx';

/** A button that asks once more before counting begins anew. */
export function ResetDialog({
  label,
  name,
  look,
  children,
  onConfirm,
}: {
  label: string;
  /** What the button is called where its label alone is not enough. */
  name?: string;
  look: ButtonLook;
  /** What will happen. */
  children: ReactNode;
  onConfirm(): Promise<void>;
}) {
  const { t } = useLanguage();
  return (
    <DialogTrigger>
      <ActionButton look={look} {...(name === undefined ? {} : { 'aria-label': name })}>
        {label}
      </ActionButton>
      <ModalOverlay className="modal-veil" isDismissable>
        <Modal className="modal learning-dialog">
          <Dialog className="dialog" role="alertdialog">
            {({ close }) => (
              <>
                <Heading slot="title" level={2}>
                  {t('learning.resetTitle')}
                </Heading>
                <p>{children}</p>
                <div className="learning-buttons">
                  <ActionButton onPress={close}>{t('cancel')}</ActionButton>
                  <ActionButton
                    look="main"
                    onPress={() => {
                      close();
                      void onConfirm();
                    }}
                  >
                    {t('learning.reset')}
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
