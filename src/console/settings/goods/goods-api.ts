/** The routes of the catalogue. */
import type {
  GoodsDetail,
  GoodsForm,
  GoodsImportPart,
  GoodsList,
  GoodsPart,
  GoodsReport,
} from '../../../protocol/goods.ts';
import { request } from '../../client/http.ts';

/** What the list shows. */
export interface GoodsFilter {
  search: string;
  /** Only what is too old in this part; empty: everything. */
  stale: GoodsPart | '';
  page: number;
}

export const goodsApi = {
  list: ({ search, stale, page }: GoodsFilter) => {
    const query = new URLSearchParams({
      page: String(page),
      ...(search ? { search } : {}),
      ...(stale ? { stale } : {}),
    });
    return request<GoodsList>('GET', `/api/goods?${query}`);
  },
  product: (id: string) => request<GoodsDetail>('GET', `/api/goods/products/${encodeURIComponent(id)}`),
  /** Puts a value in the place of one fact; `undefined`: not known any more. */
  save: (id: string, field: string, value: unknown) =>
    request<GoodsDetail>('PUT', `/api/goods/products/${encodeURIComponent(id)}`, {
      body: { field, ...(value === undefined ? {} : { value }) },
    }),
  importFile: (file: File, part: GoodsImportPart, apply: boolean) =>
    request<GoodsReport>('POST', `/api/goods/import?part=${part}&apply=${apply}`, { file }),
};

/** Where the catalogue is given away as a file. */
export function exportAddress(part: GoodsImportPart, form: GoodsForm): string {
  return `/api/goods/export?part=${part}&form=${form}`;
}
