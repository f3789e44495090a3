import type { zhMood } from './zh-mood.ts';

/** Sentences about how a buyer speaks, and whether a person is needed, in English. */
export const enMood: Readonly<Record<keyof typeof zhMood, string>> = {
  'urgency.soon': 'Wants it soon',
  'urgency.now': 'Wants it at once',
  'mood.sarcasm': 'Sarcastic',
  'mood.because': 'Because of: {words}',
  'human.asked': 'Asks for a person',
  'human.anger': 'Upset: a person should reply',
  'human.threat': 'Threatens to complain: a person should reply',
  'human.harm': 'Somebody is hurt or in danger: a person should act',
  'human.circles': 'Asks the same again: a person should reply',
  'human.dissatisfied': 'Dissatisfied after delivery: reach out soon',
};
