/** The panes in their order, each with what takes the focus in it: the first of these that is there. */
const PANES = [
  {
    pane: '.list-pane',
    stops: ['[role="option"][aria-selected="true"]', '[role="option"]', '[role="row"]', '[role="tab"]'],
  },
  { pane: '.thread-pane', stops: [] },
  { pane: '.side-pane', stops: ['button:not([disabled])', 'input', 'a[href]'] },
] as const;

/** Goes one pane on from where the focus is; the middle pane is reached by its composer. */
export function focusPane(step: 1 | -1, focusComposer: () => void): void {
  const here = PANES.findIndex(({ pane }) => document.activeElement?.closest(pane));
  const at = here === -1 ? 1 - step : here;
  const { pane, stops } = PANES[(at + step + PANES.length) % PANES.length]!;
  if (stops.length === 0) {
    focusComposer();
    return;
  }
  const root = document.querySelector(pane);
  for (const stop of stops) {
    const target = root?.querySelector<HTMLElement>(stop);
    if (!target) continue;
    target.focus();
    return;
  }
}
