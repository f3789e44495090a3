/** What the bench uses of nlp.js, whose packages carry no types. */
declare module '@nlpjs/core' {
  export interface Container {
    use(plugin: unknown): void;
  }
  export function containerBootstrap(): Promise<Container>;
}

declare module '@nlpjs/nlp' {
  export class Nlp {
    constructor(settings: Record<string, unknown>);
    addLanguage(locale: string): void;
    addDocument(locale: string, text: string, label: string): void;
    train(): Promise<unknown>;
    process(locale: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
    toJSON(): unknown;
  }
}

declare module '@nlpjs/lang-zh' {
  export class LangZh {}
}
