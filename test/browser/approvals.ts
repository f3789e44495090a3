import { beforeAll, expect, it } from 'vitest';
import { type Agent, findBarriers, type People, signIn } from './stage.ts';

const BLOCKED = '加我微信，私下转账给你便宜';

/** Blocked texts and the supervisor's word. */
export function testApprovals(people: People): void {
  let chief: Agent['page'];

  beforeAll(async () => {
    const { stage } = people();
    chief = await stage.openPage('/supervisor');
    await signIn(chief, stage.desk.person('supervisor'));
    await chief.getByText('没有等您审批的话。').waitFor();
    await chief.getByText('已连接').waitFor();
  });

  const status = () => people().agent.page.getByRole('status', { name: '主管审批' });
  const requests = () => chief.getByRole('region', { name: '待审批的话' }).getByRole('listitem');

  async function ask(text: string, reason: string): Promise<void> {
    const { agent } = people();
    await agent.draft.fill(text);
    await agent.page.getByRole('button', { name: /请主管审批|再请一次/ }).waitFor();
    await agent.draft.press('Alt+a');
    const field = agent.page.getByLabel('给主管的理由');
    await expect.poll(() => field.evaluate((it) => it === document.activeElement)).toBe(true);
    await field.fill(reason);
    await field.press('Enter');
    await status().getByText('已请主管审批').waitFor();
  }

  it('a blocked text shows its rules and what says it rightly, and is laid before the supervisor by a key', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-08');
    await buyer.say('可以再便宜一点吗');
    await agent.open('买家08');
    await agent.draft.fill(BLOCKED);
    const findings = agent.page.getByRole('status', { name: '出口检查' });
    await findings.getByText('TAB-51').waitFor();
    await findings
      .getByRole('button', { name: /^插入话术：/ })
      .first()
      .waitFor();
    await agent.draft.press('Alt+a');
    await agent.page.getByLabel('给主管的理由').press('Escape');
    await expect.poll(() => agent.draft.evaluate((it) => it === document.activeElement)).toBe(true);
    await ask(BLOCKED, '老客户，平台已同意');
    expect(await agent.page.getByRole('button', { name: /发送/ }).isDisabled()).toBe(true);
    expect(await agent.draft.evaluate((it) => it === document.activeElement)).toBe(true);
    expect(await findBarriers(agent.page)).toEqual([]);
  });

  it('the supervisor sees it with the words at fault, the reason, the buyer and the time left', async () => {
    const { stage } = people();
    const request = requests().filter({ hasText: BLOCKED });
    await request.getByText('老客户，平台已同意').waitFor();
    expect(await request.locator('.fault-B').first().textContent()).toBe('加我微信');
    expect(await request.getByRole('link', { name: '买家08' }).getAttribute('href')).toMatch(/^\/console#cnv_/);
    expect(await request.locator('.countdown').count()).toBe(1);
    expect(await findBarriers(chief)).toEqual([]);
    const console = await stage.openPage('/console');
    await signIn(console, stage.desk.person('supervisor'));
    await console.getByRole('link', { name: '1 条待审批' }).waitFor();
    await console.context().close();
  });

  it('refusing needs a reason, and the agent reads it', async () => {
    const request = requests().filter({ hasText: BLOCKED });
    await chief.keyboard.press('Alt+n');
    await request.getByRole('alert').waitFor();
    const note = request.getByLabel('写给 小禾 的话');
    expect(await note.evaluate((it) => it === document.activeElement)).toBe(true);
    await note.fill('不能引导站外，请报活动价');
    await note.press('Alt+n');
    await request.waitFor({ state: 'detached' });
    await status().getByText('主管 没有批准').waitFor();
    await status().getByText('不能引导站外，请报活动价').waitFor();
    const { agent } = people();
    expect(await agent.page.getByRole('button', { name: /发送/ }).isDisabled()).toBe(true);
    await agent.page.getByText('主管没有批准发给 买家08 的话').waitFor();
  });

  it('granted by a key it goes out by one key, once, and not by Enter alone', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-08');
    await ask(BLOCKED, '这次请按特例处理');
    await requests().filter({ hasText: BLOCKED }).waitFor();
    await chief.keyboard.press('Alt+y');
    await chief.getByText('没有等您审批的话。').waitFor();
    await status().getByText('主管 已批准').waitFor();
    await agent.draft.press('Enter');
    expect(await agent.draft.inputValue()).toBe(BLOCKED);
    await agent.draft.press('Control+Enter');
    await agent.message(BLOCKED).waitFor();
    await buyer.message(BLOCKED).waitFor();
    expect(await agent.draft.inputValue()).toBe('');
    await agent.draft.fill(BLOCKED);
    await agent.page.getByRole('button', { name: '请主管审批' }).waitFor();
    expect(await agent.page.getByRole('button', { name: /发送/ }).isDisabled()).toBe(true);
  });

  it('of several a key decides only where the focus is, which goes on to the next', async () => {
    const [first, second] = [`${BLOCKED}呀`, `${BLOCKED}哦`];
    await ask(first, '第一条');
    await ask(second, '第二条');
    const [one, two] = [requests().filter({ hasText: first }), requests().filter({ hasText: second })];
    await two.waitFor();
    const focusIn = (item: typeof one) => item.evaluate((it) => it.contains(document.activeElement));
    await chief.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await chief.keyboard.press('Alt+y');
    await expect.poll(() => focusIn(one)).toBe(true);
    expect(await requests().getByRole('textbox').count()).toBe(2);
    await chief.keyboard.press('Alt+j');
    await chief.keyboard.press('Alt+y');
    await two.waitFor({ state: 'detached' });
    await expect.poll(() => focusIn(one)).toBe(true);
    await chief.keyboard.press('Alt+y');
    await chief.getByText('没有等您审批的话。').waitFor();
    await people().agent.draft.fill('');
  });

  it('a text with an open slot is nobody’s to approve', async () => {
    const { agent } = people();
    await agent.draft.fill('您好，您的尾款是{order.amount}元');
    await status().getByText('空位没有填好').waitFor();
    await agent.draft.press('Alt+a');
    expect(await agent.page.getByRole('button', { name: '请主管审批' }).count()).toBe(0);
    expect(await agent.page.getByLabel('给主管的理由').count()).toBe(0);
    await agent.draft.fill('');
  });

  it('the list of keys names the key', async () => {
    const { agent } = people();
    await agent.page.getByRole('button', { name: '快捷键' }).click();
    const keys = agent.page.getByRole('dialog', { name: '快捷键' });
    expect(await keys.getByText('被拦下的话请主管审批').count()).toBe(1);
    await agent.page.keyboard.press('Escape');
    await chief.context().close();
  });
}
