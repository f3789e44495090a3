import { beforeAll, expect, it } from 'vitest';
import { type Agent, findBarriers, type People, signIn } from './stage.ts';

/** A discount above the agent's authority: asked, decided, offered. */
export function testDiscounts(people: People): void {
  let chief: Agent['page'];

  beforeAll(async () => {
    const { stage, agent } = people();
    chief = await stage.openPage('/supervisor');
    await signIn(chief, stage.desk.person('supervisor'));
    await chief.getByText('没有等您决定的优惠。').waitFor();
    const buyer = await stage.openBuyer('demo-08');
    await buyer.say('轻量冲锋衣能便宜28块吗，能的话马上拍');
    await agent.open('买家08');
  });

  const card = () => people().agent.page.getByRole('region', { name: '优惠', exact: true });
  const queue = () => chief.getByRole('region', { name: /^优惠申请/ });

  it('the price card says what the buyer asks and what the agent may give', async () => {
    await card().getByText('您还能给 ¥20').waitFor();
    await card().getByText('买家想要 ¥28').waitFor();
  });

  it('a key opens the request with the sum the buyer named; what is within the authority needs none', async () => {
    const { agent } = people();
    await agent.draft.press('Alt+p');
    const amount = card().getByLabel('优惠多少元');
    await expect.poll(() => amount.inputValue()).toBe('28');
    await card().getByText('超过您的权限').waitFor();
    await amount.fill('20');
    await card().getByText('在您的权限之内').waitFor();
    await amount.fill('28');
    expect(await findBarriers(agent.page)).toEqual([]);
    await card().getByLabel('理由').fill('第一次来，诚心要');
    await card().getByLabel('理由').press('Enter');
    await card().getByText('小禾 申请 ¥28').waitFor();
    await agent.chips.filter({ hasText: 'SCR-38' }).first().waitFor();
  });

  it('the supervisor grants a part, the agent is told and finds it in the proposals', async () => {
    const { agent } = people();
    const request = queue().getByRole('listitem').filter({ hasText: '第一次来，诚心要' });
    await request.getByRole('button', { name: '不批准' }).click();
    await request.getByRole('alert').waitFor();
    await request.getByLabel('批给 小禾 的金额').fill('22');
    expect(await findBarriers(chief)).toEqual([]);
    await request.getByRole('button', { name: '批准', exact: true }).click();
    await request.waitFor({ state: 'detached' });
    await agent.page.getByText('主管批准给 买家08 优惠 ¥22').first().waitFor();
    await card().getByText('主管 批了 ¥22').waitFor();
    await card().getByText('您还能给 ¥22').waitFor();
    await chief.context().close();
  });

  it('a wish nobody has answered stays when the buyer goes on to something else', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-08');
    await buyer.say('便宜30块吧');
    await buyer.say('对了，发什么快递');
    await agent.message('发什么快递').waitFor();
    await card().getByText('买家想要 ¥30').waitFor();
  });
}
