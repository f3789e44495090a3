import { describe, expect, it } from 'vitest';
import { createLogger } from '../../src/lib/logger.ts';
import { maskPersonalData } from '../../src/lib/mask-personal-data.ts';

describe('personal data', () => {
  it.each([
    ['电话13800138000，谢谢', '电话138****8000，谢谢'],
    ['138 0013 8000', '138****8000'],
    ['138-0013-8000', '138****8000'],
    ['身份证110101199003070012', '身份证110**************2'],
    ['11010119900307001X', '110**************X'],
    ['卡号6222021234567890123', '卡号6222 **** **** 123'],
    ['6222 0212 3456 7890', '6222 **** **** 7890'],
    ['写信到buyer.name@example.com', '写信到b***@example.com'],
    ['人民路 88号3栋502室', '人民路***号'],
  ])('in %s is masked', (text, masked) => {
    expect(maskPersonalData(text)).toBe(masked);
  });

  it.each(['身高165体重52', '订单 20270503001', '这件 199 元', '3天发货', '尺码 M，2 件', '快递单号 SF1234567890'])(
    'is not seen in %s',
    (text) => {
      expect(maskPersonalData(text)).toBe(text);
    },
  );

  it('does not reach the log, nor do secrets', () => {
    const lines: string[] = [];
    const log = createLogger('info', { write: (line) => lines.push(line) });
    log.info({ text: '打13800138000', password: 'pa55', session: { token: 't0ken', cookie: 'c00kie' } }, 'sent');
    expect(lines.join('')).toContain('138****8000');
    expect(lines.join('')).not.toMatch(/13800138000|pa55|t0ken|c00kie/);
  });
});
