import { expect, it } from 'vitest';
import type { People } from './stage.ts';

/** The buyer's side. */
export function testShop(people: People): void {
  it('an order is placed, paid, and the agent sees both', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-08');
    await buyer.say('我拍一个水壶');
    await agent.open('买家08');
    await buyer.page.getByRole('button', { name: '收起聊天' }).click();
    const product = buyer.page.getByRole('article', { name: '保温水壶' });
    await product.getByRole('button', { name: '拍下' }).click();
    const orders = buyer.page.getByRole('region', { name: '我的订单' });
    await orders.getByText('待付款').waitFor();
    const side = agent.page.getByRole('complementary', { name: '买家与订单' });
    await side.getByText('待付款').waitFor();
    await side.getByText(/后自动关闭/).waitFor();
    await orders.getByRole('button', { name: '付款' }).click();
    await orders.getByText('已付款').waitFor();
    await side.locator('.orders').getByText('已付款').waitFor();
  });

  it('both sides see that the other is writing', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-10');
    await buyer.say('你好呀');
    await agent.open('买家10');
    await buyer.page.getByLabel('给客服发消息').pressSequentially('我想');
    await agent.page.getByText('买家10 正在输入…').waitFor();
    await agent.draft.pressSequentially('您好');
    await buyer.page.getByText('客服正在输入…').waitFor();
    await agent.draft.fill('');
  });

  it('a question about a product begins in the chat and is not sent by itself', async () => {
    const { stage } = people();
    const page = await stage.openPage('/shop', { width: 360, height: 740 });
    await page.getByRole('article', { name: '野餐毯' }).getByRole('button', { name: '问问这件' }).click();
    await expect.poll(() => page.getByLabel('给客服发消息').inputValue()).toContain('野餐毯');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(360);
    await page.context().close();
  });

  it('shows the buyer nothing of the inside of the desk', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-02');
    const frames: string[] = [];
    buyer.page.on('websocket', (line) => line.on('framereceived', ({ payload }) => frames.push(String(payload))));
    await buyer.page.reload();
    await buyer.page.getByRole('button', { name: '联系客服' }).click();
    await buyer.say('能便宜点吗');
    await agent.open('买家02');
    await agent.chips.first().waitFor();
    await agent.page.keyboard.press('Alt+1');
    const draft = await agent.draft.inputValue();
    await agent.draft.press('Control+Enter');
    await buyer.message(draft).waitFor();
    const told = `${frames.join('\n')}\n${await buyer.page.locator('body').textContent()}`;
    expect(told).toContain(draft);
    expect(told).not.toMatch(/SCR-\d|INT-|BT-\d|_first|TAB-\d|agt_/);
  });
}
