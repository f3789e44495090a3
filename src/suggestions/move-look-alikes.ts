/** Look-alike intents that wording and facts tell apart. @see domain 04, 4.9 */
import type { Facts } from '../protocol/facts.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import { INTENT_CUES } from './cues.ts';

type Beliefs = Map<MessageIntent, number>;

const HYPOTHETICAL =
  /会不会|万一|如果|要是|找(谁|哪个|哪家|哪里|哪儿)|算(谁|哪个)|(谁|哪个)(来)?(赔|负责|管)|怎么赔|赔不赔|(可|千万)?别(给我)?(弄|丢|摔|压|寄)/;
const IN_HAND = /收到|到了|拆开|打开|签收|刚拿|今天|昨天|已经/;

/** Damage or loss without an order is a worry about the way, unless the goods are there. @see INT-PRE-26 */
export function moveWorry(beliefs: Beliefs, message: string): void {
  if (!HYPOTHETICAL.test(message) || IN_HAND.test(message)) return;
  const worry: MessageIntent[] = ['INT-AS-06', 'INT-LOG-04', 'INT-LOG-06'];
  const most = Math.max(...worry.map((intent) => beliefs.get(intent) ?? 0), beliefs.get('INT-PRE-26') ?? 0);
  for (const intent of worry) beliefs.set(intent, 0);
  beliefs.set('INT-PRE-26', most);
}

const ON_THE_WAY = /路上|半路|半道|运输|快递|物流|包裹|寄|发货|送|驿站|收货|签收/;

/** A worry that names nothing of the way is one about the goods. @see INT-PRE-11 */
export function moveWearWorry(beliefs: Beliefs, message: string): void {
  const way = beliefs.get('INT-PRE-26') ?? 0;
  if (way === 0 || ON_THE_WAY.test(message) || !INTENT_CUES['INT-PRE-11']!.test(message)) return;
  beliefs.set('INT-PRE-11', Math.max(way, beliefs.get('INT-PRE-11') ?? 0));
  beliefs.set('INT-PRE-26', 0);
}

const OUTER = /箱|盒|包装|外包|快递|包裹|运输|路上|摔|压|磕|碰|挤/;

/** Damage in transit shows on the outside; an intact parcel points to quality. @see domain 04, 4.9 */
export function moveDamage(beliefs: Beliefs, message: string, facts: Facts): void {
  const damage = beliefs.get('INT-AS-06') ?? 0;
  if (facts.case?.kind !== undefined || facts.parcel?.intact === false || damage === 0) return;
  if (facts.parcel?.intact !== true && OUTER.test(message)) return;
  const quality = beliefs.get('INT-AS-07') ?? 0;
  if (facts.parcel?.intact !== true && quality < 0.3) return;
  beliefs.set('INT-AS-07', Math.max(damage, quality));
  beliefs.set('INT-AS-06', damage * 0.6);
}

const NOT_ARRIVED =
  /(包裹|快递|货|东西|单子?)[^，,。]{0,6}(没|未)(有)?(到|收到|送)|(还|都|一直|怎么|咋)(都|还)?(没|未)(有)?(到(?!齐)|收到(货|快递|包裹|东西)?(?!\p{Script=Han}))/u;
const AT_HAND = /(收|拿|拆|签)(到|开|收)?了(?!没|吗|么)|里面|打开|只有|只到|其他|其它|另/;

/** What has not come cannot lack anything: until then, words of missing things ask where it is. @see domain 04, 4.9 */
export function moveMissing(beliefs: Beliefs, message: string, facts: Facts): void {
  if (facts.order?.state !== 'shipped' || facts.parcel?.split === true || facts.case?.open === true) return;
  if (!NOT_ARRIVED.test(message) || AT_HAND.test(message)) return;
  const missing: MessageIntent[] = ['INT-AS-03', 'INT-AS-04'];
  const most = Math.max(...missing.map((intent) => beliefs.get(intent) ?? 0), beliefs.get('INT-LOG-01') ?? 0);
  for (const intent of missing) beliefs.set(intent, 0);
  beliefs.set('INT-LOG-01', most);
}

/** Of a product at hand that nobody has ordered, when it comes is asked in general. @see INT-PRE-20 */
export function moveArrival(beliefs: Beliefs, message: string): void {
  const arrival = beliefs.get('INT-LOG-01') ?? 0;
  if (!/到|收|送/.test(message) || /我的|包裹|单号|物流|订单|件|查|还没|退/.test(message)) return;
  beliefs.set('INT-PRE-20', Math.max(arrival, beliefs.get('INT-PRE-20') ?? 0));
  beliefs.set('INT-LOG-01', 0);
}
