import { expect, it } from 'vitest';
import type { People } from './stage.ts';

/** The network goes and comes. */
export function testReconnecting(people: People): void {
  it('nothing is missed and nothing is sent twice', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-07');
    await buyer.say('在吗，我是老顾客');
    await agent.open('买家07');
    await agent.message('在吗，我是老顾客').waitFor();

    await agent.cutLine();
    await agent.page.getByText(/连接断开/).waitFor();
    await buyer.say('你掉线的时候我问了一句');
    await agent.draft.fill('掉线时写的回复');
    await agent.draft.press('Control+Enter');
    await agent.message('掉线时写的回复').filter({ hasText: '发送中' }).waitFor();
    expect(await buyer.message('掉线时写的回复').count()).toBe(0);

    agent.mendLine();
    await agent.page.getByText('已连接').waitFor();
    await agent.message('你掉线的时候我问了一句').waitFor();
    await buyer.message('掉线时写的回复').waitFor();
    await expect.poll(() => agent.message('掉线时写的回复').filter({ hasText: '发送中' }).count()).toBe(0);
    expect(await agent.message('掉线时写的回复').count()).toBe(1);
    expect(await buyer.message('掉线时写的回复').count()).toBe(1);
  });
}
