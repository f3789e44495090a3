import { expect, it } from 'vitest';
import type { Stage } from './stage.ts';

/** Somebody asks while nobody is there. */
export function testAwayList(stage: () => Stage): void {
  it('a question gets one automatic reply, waits in the away list, and is answered from there', async () => {
    const buyer = await stage().openBuyer('demo-01');
    await buyer.say('这件冲锋衣防水吗？');
    await buyer.page.getByText(/^自动回复 \d/).waitFor();

    const agent = await stage().openAgent('agent2');
    const tab = agent.page.getByRole('tab', { name: '离线留言' });
    await expect.poll(() => tab.textContent()).toMatch(/1/);
    await tab.click();
    await agent.page.getByRole('button', { name: /买家01.*这件冲锋衣防水吗/s }).click();
    await agent.message('这件冲锋衣防水吗？').waitFor();
    await agent.message(/自动回复\s*SCR-04/).waitFor();
    await agent.chips.first().waitFor();
    // The answer where the desk knows it, else the line that promises one.
    await expect.poll(() => agent.chips.first().textContent()).toMatch(/SCR-0[35]/);

    await agent.page.keyboard.press('Alt+1');
    await agent.draft.press('Control+Enter');
    await expect.poll(() => tab.textContent()).toMatch(/0/);
    await agent.page.getByRole('button', { name: '退出登录' }).click();
    await agent.page.getByRole('heading', { name: '话术' }).waitFor();
    await agent.page.context().close();
  });
}
