import { useMemo, useState } from 'react';
import { ComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useLanguage } from '../../i18n/language.tsx';

/** Something to choose: its code, what people call it, and what it is about. */
export interface Offer {
  id: string;
  name: string;
  about?: string;
}

const MOST = 60;

/** A field that finds one of many by code, name or what it is about, and hands it on. */
export function PickBox({
  label,
  placeholder,
  offers,
  onPick,
}: {
  label: string;
  placeholder: string;
  offers: readonly Offer[];
  onPick(id: string): void;
}) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const found = useMemo(() => findOffers(offers, text).slice(0, MOST), [offers, text]);
  return (
    <ComboBox
      className="pick"
      aria-label={label}
      items={found}
      inputValue={text}
      onInputChange={setText}
      selectedKey={null}
      onSelectionChange={(key) => {
        if (key === null) return;
        onPick(String(key));
        setText('');
      }}
      menuTrigger="focus"
      allowsEmptyCollection
    >
      <Input className="input" placeholder={placeholder} />
      <Popover className="popover pick-list">
        <ListBox<Offer> renderEmptyState={() => <p className="empty">{t('library.nothing')}</p>}>
          {(offer) => (
            <ListBoxItem id={offer.id} textValue={offer.name} className="pick-option">
              <span className="pick-name">
                {offer.name} {offer.name !== offer.id && <span className="code faint">{offer.id}</span>}
              </span>
              {offer.about !== undefined && <span className="faint">{offer.about}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}

/** Offers that hold every word of a query, those whose name or code begins with it first. */
export function findOffers(offers: readonly Offer[], query: string): Offer[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...offers];
  const begins = ({ id, name }: Offer) =>
    id.toLowerCase().startsWith(words[0]!) || name.toLowerCase().startsWith(words[0]!) ? 0 : 1;
  return offers
    .filter(({ id, name, about }) => {
      const all = `${id} ${name} ${about ?? ''}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort((a, b) => begins(a) - begins(b));
}
