/** Brings a message to the one form refusals are read in: simplified, half width, without slips and dialect. */
import { toSimplified } from './convert-script.ts';
import { detectLanguage } from './detect-language.ts';
import { readPinyin } from './read-pinyin.ts';

/** Slips of the keyboard and words of dialect that occur in these few sentences, as the standard language has them. */
const STANDARD: readonly (readonly [RegExp, string])[] = [
  [/打绕|打搅|大扰|打忧|打饶/g, '打扰'],
  [/骚绕|搔扰|骚挠|骚饶/g, '骚扰'],
  [/举[抱爆暴]/g, '举报'],
  [/屏[避必闭币]/g, '屏蔽'],
  [/消西|消吸/g, '消息'],
  [/推宋|推颂/g, '推送'],
  [
    /推订|退定(?=$|了|吧|掉|短信|消息|推送|[,，。.!！])|退阅|t(?:ui)?[ -]?订|退[ -]?(?:ding|d)(?![a-z])|退[ -]订/g,
    '退订',
  ],
  [/题醒|提行|提型/g, '提醒'],
  [/嘿名单/g, '黑名单'],
  [/拉嘿/g, '拉黑'],
  [/崔(?=我|促|付|款|单|了|命|个|什么|$)/g, '催'],
  [/讯息|资讯|简讯|sms/g, '信息'],
  [/推播|push/g, '推送'],
  [/檢举|检举/g, '举报'],
  [/封锁|block咗?/g, '拉黑'],
  [
    /[甭覅]|莫(?!名|非|大|兰|代)|憋(?=再|发|来|催|推|烦|打|找)|表(?=再|发了|来烦)|咪(?=再|来|嚟|打|搞|烦|嘈|推|催|send|call|成日|住)|bie(?=发|再|推|催)/g,
    '别',
  ],
  [/唔好|勿要(?=再|发|推|打)|布要|8要|不yao/g, '不要'],
  [/唔使|唔需要|8用|布用|不消(?=催|提|发|再)/g, '不用'],
  [/唔想/g, '不想'],
  [/唔(?=收|睇|买|要|订|得)/g, '不'],
  [/冇|莫得/g, '没'],
  [/你哋|恁们?|侬(?=勿|别|们)/g, '你们'],
  [/[俾比]我|畀我/g, '给我'],
  [/搵/g, '找'],
  [/send|sd(?=我)|fa(?=了|我|消息)/g, '发'],
  [/啲|嘅/g, '的'],
  [/成日|日日/g, '天天'],
  [/俺们?|老子|劳资/g, '我'],
  [/(?<=[发要催推看收])(?:[惹辣咯嘞喇叻噜哒]|le)(?=$|[^\p{Script=Han}])/gu, '了'],
  [/(别|不要|不用|以后|请不要)在(?=给|发|传|催|打|来|推|提|联|骚|烦|找|往|向|跟|@)/g, '$1再'],
];

const HAN = /\p{Script=Han}/u;

/** The form of a message that refusals are read in. */
export function foldRefusal(text: string): string {
  let plain = toSimplified(text.normalize('NFKC').toLowerCase().replaceAll('’', "'"));
  if (HAN.test(plain)) for (const [slip, word] of STANDARD) plain = plain.replace(slip, word);
  return plain.trim();
}

/** The same in Chinese characters, pinyin read as the words it most likely spells; `undefined` for other tongues. */
export function foldToHan(text: string): string | undefined {
  const plain = foldRefusal(text);
  if (HAN.test(plain)) return plain;
  if (detectLanguage(text) !== 'pinyin') return undefined;
  const read = foldRefusal(readPinyin(text));
  return HAN.test(read) ? read : undefined;
}
