import { Button, Label, Tag, TagGroup, TagList } from 'react-aria-components';
import { useLanguage } from '../../i18n/language.tsx';
import { Icon } from '../../parts/icons.tsx';
import { type Offer, PickBox } from './pick-box.tsx';

/** A list of things out of many: chosen ones as tags, a field for more. */
export function TagPicker({
  label,
  chosen,
  offers,
  onChange,
}: {
  label: string;
  chosen: readonly string[];
  offers: readonly Offer[];
  onChange(chosen: string[]): void;
}) {
  const { t } = useLanguage();
  const nameOf = (id: string) => offers.find((offer) => offer.id === id)?.name ?? id;
  return (
    <div className="field">
      <TagGroup
        className="tags"
        onRemove={(removed) => onChange(chosen.filter((id) => !removed.has(id)))}
        selectionMode="none"
      >
        <Label className="field-label">{label}</Label>
        <TagList className="tag-list">
          {chosen.map((id) => (
            <Tag key={id} id={id} textValue={nameOf(id)} className="tag">
              {nameOf(id)}
              <Button slot="remove" className="tag-remove" aria-label={t('editor.remove', { name: nameOf(id) })}>
                <Icon name="close" size={10} />
              </Button>
            </Tag>
          ))}
        </TagList>
      </TagGroup>
      <PickBox
        label={t('editor.add', { field: label })}
        placeholder={t('editor.addHint')}
        offers={offers.filter(({ id }) => !chosen.includes(id))}
        onPick={(id) => onChange([...chosen, id])}
      />
    </div>
  );
}
