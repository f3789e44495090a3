/** Where on the library's pages a reader is, kept behind the `#` so that a reload or a copied link comes back. */
import type { LibraryQuery } from '../../protocol/library.ts';

/** States a list of scripts can be narrowed to. */
export type StateFilter = LibraryQuery['state'];
export const STATE_FILTERS = [
  'all',
  'in_force',
  'draft',
  'in_review',
  'expired',
  'retired',
] as const satisfies readonly StateFilter[];

/** The pages of the library. */
export const PAGES = ['scripts', 'transfer', 'rules', 'phrases'] as const;
export type PageName = (typeof PAGES)[number];

/** A place on the pages. */
export interface Address {
  page: PageName;
  /** The script beside the list. */
  scriptId: string | undefined;
  /** `edit` its draft, or begin a script of the shop's own. */
  doing: 'read' | 'edit' | 'create';
  state: StateFilter;
}

export const firstAddress: Address = { page: 'scripts', scriptId: undefined, doing: 'read', state: 'all' };

/** Reads what stands behind the `#`; what makes no sense is the first page. */
export function readAddress(hash: string): Address {
  const [path = '', parameters = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page, first, second] = path.split('/');
  const asked = new URLSearchParams(parameters).get('state');
  const state = STATE_FILTERS.find((name) => name === asked) ?? 'all';
  const known = PAGES.find((name) => name === page);
  if (known === undefined) return firstAddress;
  if (known !== 'scripts' || first === undefined || first === '') return { ...firstAddress, page: known, state };
  if (first === 'new') return { page: known, scriptId: undefined, doing: 'create', state };
  return { page: known, scriptId: decode(first), doing: second === 'edit' ? 'edit' : 'read', state };
}

/** What stands behind the `#` for a place. */
export function writeAddress({ page, scriptId, doing, state }: Address): string {
  if (page !== 'scripts') return `#/${page}`;
  const script = scriptId === undefined ? '' : `/${encodeURIComponent(scriptId)}`;
  const path = doing === 'create' ? '/new' : `${script}${doing === 'edit' && script !== '' ? '/edit' : ''}`;
  return `#/scripts${path}${state === 'all' ? '' : `?state=${state}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
