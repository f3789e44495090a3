import { expect, it } from 'vitest';
import type { People } from './stage.ts';

/** What may not be said. */
export function testGate(people: People): void {
  it('a blocked text is marked and cannot be sent', async () => {
    const { stage, agent } = people();
    const buyer = await stage.openBuyer('demo-05');
    await buyer.say('可以便宜点吗');
    await agent.open('买家05');
    await agent.draft.fill('加我微信，私下转账给你便宜');
    const findings = agent.page.getByRole('status', { name: '出口检查' });
    await findings.getByText('禁止').first().waitFor();
    expect(await agent.page.getByRole('button', { name: /发送/ }).isDisabled()).toBe(true);
    await agent.draft.press('Control+Enter');
    expect(await agent.draft.inputValue()).toBe('加我微信，私下转账给你便宜');
    expect(await buyer.message('加我微信').count()).toBe(0);
  });

  it('a text sent before the gate could be asked comes back as a draft', async () => {
    const { agent } = people();
    await agent.draft.fill('加我微信聊');
    await agent.draft.press('Control+Enter');
    await agent.page.getByRole('status', { name: '出口检查' }).getByText('禁止').first().waitFor();
    await expect.poll(() => agent.draft.inputValue()).toBe('加我微信聊');
    expect(await agent.message('加我微信聊').count()).toBe(0);
  });

  it('a warned text says how to send it: Ctrl+Enter once, not Enter', async () => {
    const { agent } = people();
    const warned = '我们家是全网最好的';
    await agent.draft.fill(warned);
    await agent.page.getByRole('status', { name: '出口检查' }).getByText('提醒').first().waitFor();
    await agent.page.getByText('按 Ctrl+Enter 仍要发送').waitFor();
    await agent.draft.press('Enter');
    expect(await agent.message(warned).count()).toBe(0);
    await agent.draft.press('Control+Enter');
    await agent.message(warned).waitFor();
  });
}
