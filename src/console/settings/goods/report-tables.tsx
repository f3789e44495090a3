import type { ReactNode } from 'react';
import type { GoodsReport } from '../../../protocol/goods.ts';
import { useLanguage } from '../../i18n/language.tsx';
import type { MessageKey } from '../../i18n/zh.ts';
import { FIELD_KINDS, type FieldName } from './field-text.ts';

/** What an import adds, changes and refuses, row by row. */
export function ReportTables({ report }: { report: GoodsReport }) {
  const { t } = useLanguage();
  const nameOf = (field: string) => (field in FIELD_KINDS ? t(`goods.field.${field as FieldName}`) : field);
  return (
    <>
      <ReportTable
        title="goods.refused"
        columns={['goods.row', 'goods.column', 'goods.value', 'goods.legal']}
        count={report.counts.refused}
        rows={report.refused.map(({ row, column, value, legal }) => [
          row === 0 ? t('goods.file') : row,
          column,
          value,
          legal,
        ])}
      />
      <ReportTable
        title="goods.changed"
        columns={['goods.row', 'goods.field.title', 'goods.change']}
        count={report.counts.changed}
        rows={report.changed.map(({ row, title, changes }) => [
          row,
          title,
          changes.map(({ field, before, after }) => `${nameOf(field)}：${before ?? '—'} → ${after ?? '—'}`).join('；'),
        ])}
      />
      <ReportTable
        title="goods.added"
        columns={['goods.row', 'goods.field.title', 'goods.fields']}
        count={report.counts.added}
        rows={report.added.map(({ row, title, fields }) => [row, title, fields.map(nameOf).join('、')])}
      />
      {report.ignored.length > 0 && (
        <p className="faint">{t('goods.ignored', { columns: report.ignored.join('、') })}</p>
      )}
    </>
  );
}

interface ReportTableProps {
  title: MessageKey;
  columns: readonly MessageKey[];
  count: number;
  rows: readonly (readonly ReactNode[])[];
}

function ReportTable({ title, columns, count, rows }: ReportTableProps) {
  const { t } = useLanguage();
  if (count === 0) return null;
  return (
    <table className="board-table import-table">
      <caption>
        {t(title)} {count}
      </caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr key={cells.join('|')}>
            {cells.map((cell, at) => (
              <td key={columns[at]} className={at === 0 ? 'figures faint' : ''}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
