import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useLanguage } from '../i18n/language.tsx';
import type { MessageKey } from '../i18n/zh.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { Icon } from '../parts/icons.tsx';

const keys: readonly [string[], MessageKey][] = [
  [['Alt+1', 'Alt+2', 'Alt+3'], 'help.insert'],
  [['Alt+Shift+1'], 'help.polished'],
  [['Enter', 'Ctrl+Enter'], 'help.send'],
  [['Alt+A'], 'help.ask'],
  [['Shift+Enter'], 'help.newLine'],
  [['Esc'], 'help.dismiss'],
  [['/'], 'help.search'],
  [['Alt+J', 'Alt+K'], 'help.neighbour'],
  [['Alt+T'], 'help.takeOver'],
  [['Alt+E'], 'help.resolve'],
  [['Alt+G'], 'help.tasks'],
  [['F6', 'Shift+F6'], 'help.pane'],
  [['Alt+C'], 'help.correct'],
  [['Alt+S'], 'help.records'],
  [['Alt+P'], 'help.price'],
  [['F1', '?'], 'help.help'],
];

/** The list of keys. */
export function HelpOverlay({ isOpen, onOpenChange }: { isOpen: boolean; onOpenChange(open: boolean): void }) {
  const { t } = useLanguage();
  return (
    <ModalOverlay className="modal-veil" isOpen={isOpen} onOpenChange={onOpenChange} isDismissable>
      <Modal className="modal help">
        <Dialog className="dialog">
          <div className="help-head">
            <Heading slot="title" level={2}>
              {t('help.title')}
            </Heading>
            <ActionButton look="icon" slot="close" aria-label={t('close')}>
              <Icon name="close" />
            </ActionButton>
          </div>
          <dl className="help-keys">
            {keys.map(([combinations, key]) => (
              <div key={key}>
                <dt>
                  {combinations.map((combination) => (
                    <kbd key={combination}>{combination}</kbd>
                  ))}
                </dt>
                <dd>{t(key)}</dd>
              </div>
            ))}
          </dl>
          <p className="help-foot faint">{t('help.foot')}</p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
