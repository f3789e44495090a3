/** Which rows of a long list are drawn. */

/** Rows drawn beyond the edges, so that scrolling shows no gaps. */
const BEYOND = 8;

/** The rows from `from` up to, not with, `to`. */
export function visibleRows(scrollTop: number, height: number, rowHeight: number, total: number) {
  const from = Math.max(0, Math.floor(scrollTop / rowHeight) - BEYOND);
  const to = Math.min(total, Math.ceil((scrollTop + height) / rowHeight) + BEYOND);
  return { from: Math.min(from, to), to };
}

/** Where to scroll so that a row is wholly seen; `undefined` when it is. */
export function scrollTo(at: number, scrollTop: number, height: number, rowHeight: number): number | undefined {
  const top = at * rowHeight;
  if (top < scrollTop) return top;
  return top + rowHeight > scrollTop + height ? top + rowHeight - height : undefined;
}
