/** Id of the card of records. */
export const RECORD_CARD = 'record-card';

/** Goes to the card: to what one press opens a case with, else to the next step's first press, else to the card. */
export function focusRecords(): void {
  const card = document.getElementById(RECORD_CARD);
  const target = card?.querySelector<HTMLElement>('.case-open button, .step-next button') ?? card;
  target?.scrollIntoView({ block: 'nearest' });
  target?.focus();
}
