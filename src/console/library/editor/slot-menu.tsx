import type { Offer } from './pick-box.tsx';

/** Slots whose name begins as typed; steered by the keys of the text field above. */
export function SlotMenu({
  id,
  offers,
  marked,
  onChoose,
}: {
  id: string;
  offers: readonly Offer[];
  marked: number;
  onChoose(slot: string): void;
}) {
  return (
    <div className="popover slot-menu" role="listbox" id={id} aria-label="{ }">
      {offers.map((offer, at) => (
        <div
          key={offer.id}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={at === marked}
          className="pick-option"
          onPointerDown={(event) => {
            // The focus stays in the text.
            event.preventDefault();
            onChoose(offer.id);
          }}
        >
          <span className="code">{offer.id}</span> <span className="faint">{offer.about}</span>
        </div>
      ))}
    </div>
  );
}
