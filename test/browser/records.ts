import { beforeAll, expect, it } from 'vitest';
import { findBarriers, type People } from './stage.ts';

const COMPLAINT = '收到的裤子破损了，有个大洞';

/** A damaged parcel from the complaint to the address for the return, by keys and presses of the side pane. */
export function testRecords(people: People): void {
  beforeAll(async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-09');
    await buyer.say(COMPLAINT);
    await agent.open('买家09');
    await agent.message(COMPLAINT).waitFor();
  });

  const card = () => people().agent.page.getByRole('region', { name: '售后与记录' });
  const steps = () => card().getByRole('list', { name: '退换货流程' });
  const step = () => steps().locator('[aria-current="step"]');
  const press = (name: string) => card().getByRole('button', { name, exact: true });
  const firstChip = (code: string) => people().agent.chips.first().filter({ hasText: code });

  /** Puts the first proposal into the draft and sends it, by keys alone. */
  async function sendFirst(code: string): Promise<void> {
    const { agent } = people();
    await firstChip(code).waitFor();
    await agent.draft.press('Alt+1');
    await expect.poll(() => agent.draft.inputValue()).not.toBe('');
    await agent.draft.press('Control+Enter');
    await expect.poll(() => agent.draft.inputValue()).toBe('');
  }

  it('a case is proposed from what the buyer said, and opened by a key', async () => {
    const { agent } = people();
    await card().getByText('看起来是“破损”').waitFor();
    await agent.draft.press('Alt+s');
    await expect.poll(() => press('开售后单').evaluate((it) => it === document.activeElement)).toBe(true);
    await agent.page.keyboard.press('Enter');
    await press('结案').waitFor();
    await expect.poll(() => step().textContent()).toContain('照片核对');
    expect(await findBarriers(agent.page)).toEqual([]);
  });

  it('pictures are asked for, come, and are checked by a key', async () => {
    const { stage, agent } = people();
    await sendFirst('SCR-115');
    await expect.poll(() => step().textContent()).toContain('等买家');
    const buyer = await stage.openBuyer('demo-09');
    await buyer.say('[图片]');
    await press('照片已核对').waitFor();
    await agent.draft.press('Alt+s');
    await agent.page.keyboard.press('Enter');
    await press('责任：快递').waitFor();
  });

  it('the return is agreed press by press, and the address is the next line', async () => {
    await press('责任：快递').click();
    await press('同意退货，店铺出运费').click();
    await press('延长交易 10 天已做').click();
    await sendFirst('SCR-103');
    await expect.poll(() => step().textContent()).toContain('订单备注');
    await firstChip('SCR-104').waitFor();
    await press('已备注、插旗').click();
    await expect.poll(() => step().textContent()).toContain('退回后退款');
    await expect.poll(() => steps().locator('.step-skipped').allTextContents()).toHaveLength(2);
  });

  it('who entered what stands beside it, and more records are behind one press', async () => {
    const { agent } = people();
    await card().getByLabel('责任方').first().waitFor();
    expect(await card().locator('.record-by').first().textContent()).toContain('小禾');
    await press('更多记录').click();
    await card().getByLabel('哪一类记录').selectOption('底单');
    await card().getByRole('group', { name: '底单' }).getByLabel('底单重量（kg）').fill('0.6');
    await agent.page.keyboard.press('Enter');
    await card().getByRole('group', { name: '底单' }).getByText('小禾').waitFor();
    expect(await findBarriers(agent.page)).toEqual([]);
    await press('更多记录').click();
  });

  it('a case that is over is kept', async () => {
    await press('结案').click();
    await press('已结案 1 个').click();
    await card().getByText('DM9001').first().waitFor();
    await press('开售后单').waitFor();
  });
}
