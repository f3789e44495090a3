/** The governed library as consoles see it: versions, decisions, imports, personal scripts, gate rules, approvals. */
import { z } from 'zod';
import { HttpErrorSchema, NameSchema } from './http.ts';
import { IntentSchema } from './ids.ts';
import { MsSchema } from './records.ts';
import { ScriptSchema, VariantSchema } from './script.ts';
import { FindingSchema, VerdictSchema } from './turn.ts';

/** Where the text of a version came from. */
export const VERSION_ORIGINS = ['shipped', 'file', 'import', 'console', 'rollback', 'learning'] as const;

const PersonSchema = z.strictObject({ id: z.string(), name: z.string() });
const NoteSchema = z.string().max(500);

/**
 * One version of a script. `script.status` is the state of this version, `script.version` its number.
 * Of a script at most one version is in force: approved, not superseded, not expired.
 */
export const ScriptVersionSchema = z.strictObject({
  script: ScriptSchema,
  /** Library file the script belongs to, such as `greeting`. */
  group: z.string(),
  origin: z.enum(VERSION_ORIGINS),
  /** Counts every change of this row; sent back with a command so that nobody decides on what they have not seen. */
  revision: z.int().min(1),
  author: PersonSchema,
  /** Everybody who wrote on this version; none of them may approve it while somebody else can. */
  editors: z.array(z.string()),
  createdAt: MsSchema,
  changedAt: MsSchema,
  /** What the author says about the change. */
  note: z.string(),
  submittedAt: MsSchema.optional(),
  /** Approval, return or rejection. */
  decidedBy: PersonSchema.optional(),
  decidedAt: MsSchema.optional(),
  decisionNote: z.string().optional(),
  /** From this moment on it is no longer said. */
  expiresAt: MsSchema.optional(),
  retiredAt: MsSchema.optional(),
  retiredBy: PersonSchema.optional(),
  /** It was in force at some time: what a rollback may bring back. */
  approvedOnce: z.boolean().optional(),
  /** The version it was written from. */
  basedOn: z.int().min(1).optional(),
});
export type ScriptVersion = z.infer<typeof ScriptVersionSchema>;

/** A script in the list: what is in force, and what waits beside it. */
export const LibraryEntrySchema = z.strictObject({
  scriptId: z.string(),
  card: z.string(),
  code: z.string(),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  group: z.string(),
  /** First wording of the version in force, else of the newest. */
  text: z.string(),
  intents: z.array(IntentSchema),
  /** Version in force. */
  inForce: z.int().optional(),
  expiresAt: MsSchema.optional(),
  /** True when the approved version has run out. */
  expired: z.boolean(),
  /** The version under work. */
  open: z
    .strictObject({
      version: z.int(),
      /** Sent back with a decision on several scripts at once. */
      revision: z.int().min(1),
      status: z.enum(['draft', 'in_review']),
      origin: z.enum(VERSION_ORIGINS),
      author: PersonSchema,
      changedAt: MsSchema,
    })
    .optional(),
  changedAt: MsSchema,
});
export type LibraryEntry = z.infer<typeof LibraryEntrySchema>;

/** What narrows the list. */
export const LibraryQuerySchema = z.strictObject({
  state: z.enum(['all', 'in_force', 'draft', 'in_review', 'expired', 'retired']).default('all'),
  /** Words, a code or pinyin. */
  q: z.string().max(64).default(''),
  group: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
});
export type LibraryQuery = z.infer<typeof LibraryQuerySchema>;

export const LibraryListSchema = z.strictObject({
  entries: z.array(LibraryEntrySchema),
  /** Entries that fit the query, beyond the page. */
  total: z.int(),
  counts: z.strictObject({
    all: z.int(),
    in_force: z.int(),
    draft: z.int(),
    in_review: z.int(),
    expired: z.int(),
    retired: z.int(),
  }),
  groups: z.array(z.string()),
  /** Why a changed file of the library cannot be read; the last good version stays. */
  fileProblem: z.string().optional(),
  /** Rises with every change of what is in force. */
  revision: z.int(),
});
export type LibraryList = z.infer<typeof LibraryListSchema>;

export const LibraryDetailSchema = z.strictObject({
  entry: LibraryEntrySchema,
  /** Newest first. */
  versions: z.array(ScriptVersionSchema),
  /** Whether the reader may approve the open version, and if not, why. */
  mayApprove: z.boolean(),
  whyNot: z.enum(['not_supervisor', 'own_work', 'nothing_open']).optional(),
});
export type LibraryDetail = z.infer<typeof LibraryDetailSchema>;

/** The part of a script that people write; state and number are the desk's. */
export const ScriptBodySchema = ScriptSchema.omit({ status: true, version: true });
/** The same as it comes from outside: what is checked on every save has an end. */
const WrittenBodySchema = ScriptBodySchema.extend({
  variants: z
    .array(VariantSchema.extend({ text: z.string().min(1).max(4000) }))
    .min(1)
    .max(100),
});
export const CheckScriptSchema = z.strictObject({ script: WrittenBodySchema });
export type ScriptBody = z.infer<typeof ScriptBodySchema>;

export const SaveDraftSchema = z.strictObject({
  script: WrittenBodySchema,
  group: NameSchema.regex(/^[a-z][a-z-]*$/).default('shop'),
  note: NoteSchema.default(''),
  /** The revision of the open draft that was edited; absent: a draft is begun. */
  revision: z.int().min(1).optional(),
});
export type SaveDraft = z.infer<typeof SaveDraftSchema>;

/** What is done with the open version, or with the script. */
export const LibraryCommandSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('submit'), revision: z.int().min(1) }),
  /** Back to the author, with the reason. */
  z.strictObject({ action: z.literal('return'), revision: z.int().min(1), note: NoteSchema.min(1) }),
  z.strictObject({
    action: z.literal('approve'),
    revision: z.int().min(1),
    note: NoteSchema.default(''),
    expiresAt: MsSchema.optional(),
  }),
  /** Ends the open version; it stays in the history. */
  z.strictObject({ action: z.literal('discard'), revision: z.int().min(1), note: NoteSchema.default('') }),
  /** Takes the version in force out of use. */
  z.strictObject({ action: z.literal('retire'), version: z.int().min(1), note: NoteSchema.default('') }),
  /** Puts the text of an earlier approved version in force, as a version of its own. */
  z.strictObject({ action: z.literal('rollback'), version: z.int().min(1), note: NoteSchema.default('') }),
  z.strictObject({ action: z.literal('expire'), version: z.int().min(1), expiresAt: MsSchema.nullable() }),
]);
export type LibraryCommand = z.infer<typeof LibraryCommandSchema>;

/** Several open versions decided at once; each is answered for itself. */
export const BulkDecisionSchema = z.strictObject({
  action: z.enum(['submit', 'approve', 'discard']),
  items: z
    .array(z.strictObject({ scriptId: NameSchema, revision: z.int().min(1) }))
    .min(1)
    .max(500),
  note: NoteSchema.default(''),
});
export const BulkAnswerSchema = z.strictObject({
  done: z.array(z.string()),
  refused: z.array(z.strictObject({ scriptId: z.string(), code: z.string(), message: z.string() })),
});

/** What is wrong with a script before it may be approved. */
export const ScriptFindingSchema = z.strictObject({
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  /** Wording at fault, from 0; absent: the whole script. */
  variant: z.int().optional(),
  message: z.string(),
});
export type ScriptFinding = z.infer<typeof ScriptFindingSchema>;
export const ScriptCheckSchema = z.strictObject({
  findings: z.array(ScriptFindingSchema),
  /** Each wording with example values in its slots. */
  previews: z.array(z.string()),
});
/** What an editor offers: names of guards, and slots with an example of what they write. */
export const LibraryCatalogueSchema = z.strictObject({
  guards: z.array(z.strictObject({ name: z.string(), about: z.string() })),
  /** `label`: what Chinese readers call it. */
  slots: z.array(z.strictObject({ name: z.string(), label: z.string(), about: z.string(), example: z.string() })),
});

/** A phrase of one agent: only they see it, and it goes out through the gate like anything they type. */
export const PersonalScriptSchema = z.strictObject({
  id: z.string(),
  code: z.string().regex(/^[a-z0-9]{1,12}$/),
  title: z.string().min(1).max(60),
  /** May hold slots in braces, filled where the facts are known. */
  text: z.string().min(1).max(2000),
  changedAt: MsSchema,
});
export type PersonalScript = z.infer<typeof PersonalScriptSchema>;
export const SavePersonalScriptSchema = PersonalScriptSchema.omit({ id: true, changedAt: true });
export const PersonalScriptListSchema = z.strictObject({ scripts: z.array(PersonalScriptSchema) });

/** Forms that scripts come in and go out. */
export const IMPORT_FORMS = ['qianniu-csv', 'qianniu-xlsx', 'chatwoot', 'zendesk', 'gorgias', 'yaml'] as const;

/** Values of a message, by name. */
const MessageParamsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** A row of a dry run. */
const ImportedScriptSchema = z.strictObject({
  /** Row of the file as its user counts; absent where the form has no rows. */
  row: z.int().optional(),
  scriptId: z.string(),
  code: z.string(),
  title: z.string(),
  text: z.string(),
  intents: z.array(z.string()),
  card: z.string(),
  personal: z.boolean(),
  warnings: z.array(z.string()),
  /** The same as codes and values, for a translation. */
  notices: z.array(z.strictObject({ code: z.string(), params: MessageParamsSchema })),
  /** Text of the library's version, for changed ones. */
  before: z.string().optional(),
});
/** What an import would do, or did. Nothing is ever deleted. */
export const ImportReportSchema = z.strictObject({
  form: z.enum(IMPORT_FORMS),
  applied: z.boolean(),
  counts: z.strictObject({
    rows: z.int(),
    added: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    duplicates: z.int(),
  }),
  /** At most 200 of each. */
  added: z.array(ImportedScriptSchema),
  changed: z.array(ImportedScriptSchema),
  refused: z.array(
    z.strictObject({
      row: z.int().optional(),
      field: z.string(),
      reason: z.string(),
      code: z.string(),
      params: MessageParamsSchema,
    }),
  ),
  duplicates: z.array(
    z.strictObject({ row: z.int().optional(), text: z.string(), like: z.string(), share: z.number() }),
  ),
});
export type ImportReport = z.infer<typeof ImportReportSchema>;
/** A line of an import that tells how far it is; the last one is the report or the error. */
export const ImportLineSchema = z.union([
  z.strictObject({ done: z.int(), total: z.int() }),
  z.strictObject({ report: ImportReportSchema }),
  z.strictObject({ error: HttpErrorSchema }),
]);
export type ImportLine = z.infer<typeof ImportLineSchema>;

/** A version of the shop's own gate rules; `rules` has the form of `gate-rules.ts`. */
export const GateRulesVersionSchema = z.strictObject({
  version: z.int().min(0),
  rules: z.unknown(),
  author: PersonSchema,
  at: MsSchema,
  note: z.string(),
});
export const GateRulesViewSchema = z.strictObject({
  /** Newest first; the first is in force. Empty: the built-in rules alone. */
  versions: z.array(GateRulesVersionSchema),
});
export const SaveGateRulesSchema = z.strictObject({
  rules: z.unknown(),
  /** The version that was edited, 0 for none; a newer one refuses the save. */
  basedOn: z.int().min(0).max(1_000_000_000),
  note: NoteSchema.default(''),
});
export const TryGateRulesSchema = z.strictObject({ rules: z.unknown(), texts: z.array(z.string().max(2000)).max(20) });
export const TriedGateRulesSchema = z.strictObject({
  problem: z.string().optional(),
  verdicts: z.array(VerdictSchema),
});

/** A text that the gate blocks, laid before a supervisor. */
export const ApprovalSchema = z.strictObject({
  id: z.string(),
  conversationId: z.string(),
  buyerName: z.string(),
  text: z.string(),
  findings: z.array(FindingSchema),
  reason: z.string(),
  askedBy: PersonSchema,
  askedAt: MsSchema,
  /** By when an answer was announced. @see AMB-34 */
  answerBy: MsSchema,
  state: z.enum(['asked', 'granted', 'refused', 'used', 'expired']),
  decidedBy: PersonSchema.optional(),
  decidedAt: MsSchema.optional(),
  decisionNote: z.string().optional(),
  /** A granted text may be sent until then, once. */
  validUntil: MsSchema.optional(),
});
export type Approval = z.infer<typeof ApprovalSchema>;
export const ApprovalListSchema = z.strictObject({ approvals: z.array(ApprovalSchema) });

/** One line of the trail: who did what, and with what. */
export const TrailEntrySchema = z.strictObject({
  at: MsSchema,
  actor: PersonSchema,
  action: z.string(),
  data: z.unknown(),
});
export type TrailEntry = z.infer<typeof TrailEntrySchema>;
export const TrailSchema = z.strictObject({ entries: z.array(TrailEntrySchema) });
