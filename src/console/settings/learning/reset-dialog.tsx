import type { ComponentProps } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';

/** A button that asks once more before counting begins anew. */
export function ResetDialog(props: Omit<ComponentProps<typeof ConfirmDialog>, 'title' | 'confirm'>) {
  const { t } = useLanguage();
  return <ConfirmDialog {...props} title={t('learning.resetTitle')} confirm={t('learning.reset')} />;
}
