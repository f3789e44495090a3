import { expect, it } from 'vitest';
import { type People, signIn } from './stage.ts';

/** The live figures. */
export function testSupervisor(people: People): void {
  it('see a waiting buyer come and go, and what became of the scripts', async () => {
    const { stage, agent } = people();
    const page = await stage.openPage('/supervisor');
    await signIn(page, stage.desk.person('supervisor'));
    await page.getByRole('heading', { name: '等待名单' }).waitFor();
    const waiting = page.getByRole('region', { name: '此刻' }).locator('.tile').first();
    await page.getByText('已连接').waitFor();

    const buyer = await stage.openBuyer('demo-06');
    await buyer.say('发什么快递？');
    await page.getByRole('link', { name: '买家06' }).first().waitFor();
    await expect.poll(() => waiting.textContent()).toMatch(/[1-9]/);

    await agent.open('买家06');
    await agent.draft.fill('您好，稍等我看一下');
    await agent.draft.press('Control+Enter');
    await expect.poll(() => page.getByRole('link', { name: '买家06' }).count()).toBe(0);
    const table = page.getByRole('table').filter({ hasText: '直接采用' });
    expect(await table.textContent()).toMatch(/SCR-\d+/);
    expect(await page.getByRole('row', { name: /小禾 在线/ }).count()).toBe(1);
  });

  it('are not shown to an agent', async () => {
    const { stage } = people();
    const page = await stage.openPage('/supervisor');
    await signIn(page, stage.desk.person('agent2'));
    await page.getByText(/不是主管/).waitFor();
    // The refused request is meant.
    stage.errors.splice(0, stage.errors.length, ...stage.errors.filter((line) => !line.includes('403')));
    await page.context().close();
  });
}
