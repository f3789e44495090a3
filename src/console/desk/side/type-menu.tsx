import { Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import type { BuyerType } from '../../../protocol/ids.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useDesk } from '../desk-context.tsx';
import type { PinnedType } from '../store/desk-state.ts';
import { codes } from './type-codes.ts';

const TYPES = Object.keys(codes) as BuyerType[];
const TAKE_BACK = 'take-back';

/** Sets the buyer's type right: one of the eight, "cannot tell", or the desk's own guess again. */
export function TypeMenu({
  conversationId,
  pinnedType,
}: {
  conversationId: string;
  pinnedType: PinnedType | undefined;
}) {
  const { t } = useLanguage();
  const desk = useDesk();
  return (
    <MenuTrigger>
      <ActionButton look="link" aria-label={t('type.correctLabel')}>
        {t('type.correct')}
      </ActionButton>
      <Popover className="popover" placement="bottom end">
        <Menu
          className="type-menu"
          aria-label={t('type.correctLabel')}
          selectionMode="single"
          selectedKeys={pinnedType === undefined ? [] : [pinnedType]}
          onAction={(key) =>
            void desk.correctType(conversationId, key === TAKE_BACK ? null : (String(key) as PinnedType))
          }
        >
          {TYPES.map((type) => (
            <MenuItem key={type} id={type} textValue={t(`type.${type}`)} className="type-item">
              {t(`type.${type}`)}
            </MenuItem>
          ))}
          <Separator className="type-line" />
          <MenuItem id="unknown" className="type-item">
            {t('type.unknown')}
          </MenuItem>
          {pinnedType !== undefined && (
            <MenuItem id={TAKE_BACK} className="type-item">
              {t('type.takeBack')}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
