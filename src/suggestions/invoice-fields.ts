import type { Facts } from '../protocol/facts.ts';
import type { Context } from './context.ts';

/** One detail that an invoice needs: its names, what the record says of it, and how a buyer tells it in the chat. */
interface InvoiceField {
  readonly zh: string;
  readonly en: string;
  readonly known?: string | undefined;
  readonly told: RegExp;
}

/** What an invoice needs; a special one names the bank, and goes by post like one that is wanted on paper. */
function invoiceFields(invoice: NonNullable<Facts['invoice']>, told: string): readonly InvoiceField[] {
  const special = /专票|专用发票/.test(told);
  const onPaper = special || (/纸质/.test(told) && !/电子/.test(told));
  return [
    {
      zh: '抬头',
      en: 'title',
      known: invoice.title,
      told: /(抬头|名称|单位|公司名?(字|称)?)(是|为|[:：])\S{2,}|有限公司|组织机构x/,
    },
    { zh: '税号', en: 'tax id', known: invoice.taxId, told: /(税号|识别号|信用代码)(是|为|[:：])?(\[|[\dA-Z]{6,})/i },
    ...(special
      ? [
          { zh: '注册地址和电话', en: 'registered address and phone', told: /(注册|公司)地址|地址.{0,3}电话/ },
          { zh: '开户行和账号', en: 'bank and account', told: /开户行|银行|(账|帐)号/ },
        ]
      : []),
    onPaper
      ? { zh: '收票地址', en: 'where to send it', known: invoice.sendTo, told: /地址|\S@\S/ }
      : {
          zh: '接收邮箱',
          en: 'where to send it',
          known: invoice.sendTo,
          told: /\S@\S|(邮箱|收票|寄到|发到).{0,6}(\[|[:：])/,
        },
  ];
}

/** The details that neither the record nor the buyer's words give yet. @see SCR-48 */
export function missingInvoiceFields(
  invoice: NonNullable<Facts['invoice']>,
  { history, message }: Pick<Context, 'history' | 'message'>,
): readonly InvoiceField[] {
  const said = [...history.filter(({ from }) => from === 'buyer').map(({ text }) => text), message];
  const all = said.map((text) => text.replace(/&nbsp;|[ \u3000]/g, '')).join('\n');
  return invoiceFields(invoice, all).filter(({ known, told }) => known === undefined && !told.test(all));
}
