/** The gate's word on a text that a person typed: it may speak of any product of the talk. */
import type { Agent } from '../desk/ports.ts';
import type { Product } from '../orders/ports.ts';
import type { Finding, GateContext, Verdict } from '../protocol/turn.ts';
import type { Desk } from './desk.ts';
import { productsNamed } from './find-product.ts';
import { gateContextIn, readSurroundings } from './gate-surroundings.ts';
import type { Goods } from './goods-window.ts';
import type { TurnContext } from './ports.ts';
import { withFindings } from './use-approval.ts';

/** A verdict and the facts it was found by. */
export interface JudgedText {
  verdict: Verdict;
  gateContext: GateContext;
}

/** Claims that the facts of a product bear out or do not; what a price may be goes by the product of the talk. */
const OF_PRODUCT: ReadonlySet<Finding['rule']> = new Set(['TAB-22', 'TAB-24', 'TAB-25', 'TAB-26', 'TAB-29', 'TAB-49']);
/** Products of the talk that a claim without a name may be about. */
const MOST_PRODUCTS = 4;
const CLAUSE_END = /[，,。！!？?；;\n]/;

/**
 * Judges each claim by the product its clause names. Without a name it is no guess where any product of the talk bears
 * it out: who types answers earlier questions, too. @see TAB-24, TAB-25
 */
export async function judgeTyped(desk: Desk, context: TurnContext, agent: Agent, text: string): Promise<JudgedText> {
  const surroundings = await readSurroundings(desk, context.conversation.shopId);
  const { goods } = surroundings.view;
  const { gate } = surroundings.library;
  const judge = (about?: Product) => {
    const gateContext = gateContextIn(desk, context, surroundings, agent, 'typed', about);
    return { gateContext, verdict: gate.judge(text, gateContext) };
  };
  const own = judge();
  const known = new Map<string, readonly Finding[]>();
  const objections = ({ id, title }: Product) => {
    const isOwn = title === own.gateContext.product?.title;
    const found = known.get(id) ?? (isOwn ? own : judge(goods.find(id))).verdict.findings;
    known.set(id, found);
    return found.filter(({ rule }) => OF_PRODUCT.has(rule));
  };
  const isBorneOut = (finding: Finding) => {
    if (!OF_PRODUCT.has(finding.rule)) return false;
    const named = namedAt(goods, text, finding);
    const about = named.length > 0 ? named : spokenOf(goods, context);
    return about.some((product) => !has(objections(product), finding));
  };
  const { findings } = own.verdict;
  const others = productsNamed(goods, [text]).flatMap((product) =>
    objections(product).filter((finding) => !has(findings, finding) && isOnly(namedAt(goods, text, finding), product)),
  );
  const left = findings.filter((finding) => !isBorneOut(finding));
  const isSame = left.length === findings.length && others.length === 0;
  return { ...own, verdict: isSame ? own.verdict : withFindings([...left, ...others]) };
}

/** The products of the talk, the newest first. */
function spokenOf(goods: Goods, { messages }: TurnContext): Product[] {
  const texts = messages.map(({ text }) => text).reverse();
  return productsNamed(goods, texts).slice(0, MOST_PRODUCTS);
}

/** The products that the clause of a finding names. */
function namedAt(goods: Goods, text: string, { span }: Finding): Product[] {
  if (span === null) return productsNamed(goods, [text]);
  const [from, to] = span;
  const before = text.slice(0, from).split(CLAUSE_END).at(-1) ?? '';
  const after = text.slice(to).split(CLAUSE_END)[0] ?? '';
  return productsNamed(goods, [before + text.slice(from, to) + after]);
}

function isOnly(products: readonly Product[], { id }: Product): boolean {
  return products.length === 1 && products[0]?.id === id;
}

function has(findings: readonly Finding[], { rule, span }: Finding): boolean {
  return findings.some((one) => one.rule === rule && one.span?.[0] === span?.[0] && one.span?.[1] === span?.[1]);
}
