/** The tables, as kysely sees them. Times are Unix milliseconds (bigint read as number), money is fen. */
import type { ColumnType, Generated } from 'kysely';

/** A jsonb column: written as a JSON string (node-postgres would read an array as a Postgres array), read as a value. */
type Json<T> = ColumnType<T, string, string>;

export interface Database {
  shops: {
    id: string;
    name: string;
    tz: string;
    /** Changes when the record is restored from a copy: consoles then fetch everything again. */
    epoch: string;
    settings: Json<unknown>;
    /** Number of the last change to the settings. */
    revision: Generated<number>;
    /** Last sign of life of each feed. */
    feeds: Generated<unknown>;
    created_ms: number;
  };
  agents: {
    shop_id: string;
    id: string;
    login: string;
    name: string;
    title: string;
    role: 'agent' | 'supervisor';
    password_hash: string;
    created_ms: number;
  };
  sessions: { shop_id: string; token_hash: string; agent_id: string; expires_ms: number };
  buyers: {
    shop_id: string;
    id: string;
    channel: string;
    external_id: string;
    name: string;
    tz: string | null;
    /** Facts of the trade system about this buyer (`buyer` group of the fact dictionary). */
    facts: Json<unknown>;
    /** The profiler's accumulated state. */
    profile: Json<unknown>;
    consent: Json<unknown>;
    opted_out: 'none' | 'reminders' | 'all';
    /** An agent's word on the buyer's type. */
    pinned_type: Generated<string | null>;
    read_ms: number;
    created_ms: number;
  };
  conversations: {
    shop_id: string;
    id: string;
    buyer_id: string;
    channel: string;
    status: 'open' | 'resolved';
    last_seq: Generated<number>;
    /** The newest message that a person wrote, buyer or agent. */
    spoken_seq: Generated<number>;
    /** Buyer messages up to this seq were analysed. */
    analysed_seq: Generated<number>;
    last_buyer_ms: number | null;
    last_agent_ms: number | null;
    /** First buyer message that nobody of the desk has answered. */
    waiting_since_ms: number | null;
    unread: Generated<number>;
    assigned_agent_id: string | null;
    /** A person has taken over: nothing goes out by itself. */
    taken_over_ms: number | null;
    away_ack_ms: number | null;
    /** Desk records and conversation state (groups of the fact dictionary). */
    state: Json<unknown>;
    changed_ms: number;
    created_ms: number;
  };
  messages: {
    shop_id: string;
    conversation_id: string;
    seq: number;
    id: string;
    sender: 'buyer' | 'agent' | 'auto';
    text: string;
    sent_ms: number;
    agent_id: string | null;
    script_id: string | null;
    script_version: number | null;
    suggestion_id: string | null;
  };
  /** Uniqueness of the sender's own ids, in a table of its own so that messages can be partitioned by month. */
  message_keys: {
    shop_id: string;
    scope: string;
    key: string;
    conversation_id: string;
    seq: number;
    message_id: string;
  };
  analyses: {
    shop_id: string;
    conversation_id: string;
    seq: number;
    data: Json<unknown>;
    model: string;
    created_ms: number;
  };
  suggestions: {
    shop_id: string;
    id: string;
    conversation_id: string;
    /** The buyer message it answers. */
    seq: number;
    state: 'live' | 'withdrawn' | 'settled';
    /** Why it was withdrawn. */
    reason: string | null;
    proposals: Json<unknown>;
    hidden: Json<unknown>;
    abstained: string | null;
    /** Arm and place of the moment, for learning; null: made before there was any. */
    learning: Json<unknown>;
    /** The chat stood there when it was made, beyond its message; null: it answers the message itself. */
    after_seq: Generated<number | null>;
    created_ms: number;
    settled_ms: number | null;
  };
  suggestion_outcomes: {
    shop_id: string;
    suggestion_id: string;
    position: number;
    script_id: string;
    script_version: number;
    outcome: 'accepted' | 'edited' | 'dismissed';
    agent_id: string;
    text: string;
    at_ms: number;
  };
  products: {
    shop_id: string;
    id: string;
    title: string;
    facts: Json<unknown>;
    read_ms: Json<unknown>;
    details: Json<unknown>;
    /** Number of the catalogue's change that wrote the row. */
    version: number;
  };
  promos: { shop_id: string; id: string; facts: Json<unknown>; read_ms: number; version: number };
  goods_versions: { shop_id: string; version: number };
  orders: {
    shop_id: string;
    id: string;
    buyer_id: string;
    state: string;
    amount_fen: number;
    /** `order` group of the fact dictionary, and the refund form. */
    facts: Json<unknown>;
    refund: Json<unknown>;
    after_chat: boolean;
    placed_ms: number;
    paid_ms: number | null;
    auto_close_ms: number | null;
    closed_ms: number | null;
    read_ms: number;
    /** What each delivery of the feed has told. */
    feed: ColumnType<unknown, string | null, string | null>;
  };
  /** After-sale cases that are over. */
  closed_cases: {
    shop_id: string;
    conversation_id: string;
    id: string;
    order_id: string | null;
    entry: Json<unknown>;
    closed_ms: number;
  };
  webhook_deliveries: { shop_id: string; source: string; id: string; received_ms: number };
  follow_up_books: { shop_id: string; buyer_id: string; situation: Json<unknown> };
  follow_ups: {
    shop_id: string;
    id: string;
    rule: string;
    subject_id: string;
    buyer_id: string;
    order_id: string | null;
    conversation_id: string | null;
    revision: number;
    status: 'planned' | 'claimed' | 'sent' | 'cancelled' | 'skipped' | 'failed';
    due_ms: number;
    ended_ms: number | null;
    /** The whole row of the ledger; the columns beside it are for finding it. */
    entry: Json<unknown>;
  };
  /** Timers whose planned rows must follow a changed setting, and how far that has come. */
  timer_changes: { shop_id: string; rule: string; revision: number; after_id: string; next_ms: number };
  outbox: {
    shop_id: string;
    id: string;
    conversation_id: string;
    seq: number;
    channel: string;
    idempotency_key: string;
    state: 'pending' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'voided';
    attempts: Generated<number>;
    next_ms: number;
    error: string | null;
    created_ms: number;
    sent_ms: number | null;
  };
  owed_answers: {
    shop_id: string;
    conversation_id: string;
    seq: number;
    asked_ms: number;
    promised_ms: number | null;
    answered_ms: number | null;
  };
  tasks: {
    shop_id: string;
    id: string;
    kind: string;
    title: string;
    conversation_id: string | null;
    buyer_id: string | null;
    order_id: string | null;
    rule: string | null;
    due_ms: number | null;
    /** Whose it is. */
    for_role: Generated<'agent' | 'supervisor'>;
    state: 'open' | 'done';
    data: Json<unknown>;
    created_ms: number;
    done_ms: number | null;
  };
  /** Response clocks: one row a clock, from its start to what stopped it. */
  response_clocks: {
    shop_id: string;
    conversation_id: string;
    kind: string;
    seq: number;
    because: string | null;
    started_ms: number;
    counts_ms: number;
    warn_ms: number;
    due_ms: number;
    warns: string;
    escalates: boolean;
    automatic_ms: number | null;
    warned_ms: number | null;
    breached_ms: number | null;
    stopped_ms: number | null;
    stopped_by: 'reply' | 'resolved' | 'settled' | null;
  };
  /** Calls to the person on call. */
  on_call_calls: {
    shop_id: string;
    id: string;
    conversation_id: string;
    buyer_id: string;
    kind: string;
    seq: number;
    said_ms: number;
    excerpt: string;
    state: 'waiting' | 'sending' | 'sent' | 'answered' | 'failed' | 'nobody';
    attempts: Generated<number>;
    next_ms: number;
    person: string | null;
    problem: string | null;
    created_ms: number;
    ended_ms: number | null;
  };
  /** Timers of the shop as a whole: one live row each. */
  shop_timers: { shop_id: string; key: string; next_ms: number; since_ms: number };
  /** When somebody was on duty last. */
  shop_duty: { shop_id: string; last_ms: number };
  audit: {
    id: Generated<number>;
    shop_id: string;
    at_ms: number;
    actor: string;
    action: string;
    data: Json<unknown>;
  };
  /** One row a shop: the lock under which its library changes, and the number of its state. */
  library_states: {
    shop_id: string;
    state: number;
    changed_ms: number;
    /** Hashes of the taught models that were live, the live one last; empty: the one that ships. */
    models: Json<string[]>;
  };
  /** Counts of showings are folded by statements of their own; here is what is read by columns. */
  learning_resets: { shop_id: string; script_id: string; generation: number; at_ms: number };
  learning_variants: { shop_id: string; id: string; script_id: string; entry: Json<unknown>; at_ms: number };
  /** What agents set right. */
  corrections: {
    shop_id: string;
    id: string;
    conversation_id: string;
    seq: number;
    entry: Json<unknown>;
    at_ms: number;
  };
  lessons: { shop_id: string; id: string; entry: Json<unknown>; at_ms: number };
  taught_models: { shop_id: string; hash: string; packed: Uint8Array; based_on: string; at_ms: number };
  script_versions: {
    shop_id: string;
    script_id: string;
    version: number;
    status: 'draft' | 'in_review' | 'approved' | 'retired';
    /** State of the library in which it was last written. */
    state: number;
    body_hash: string;
    /** The whole version; the columns beside it are for finding it. */
    entry: Json<unknown>;
  };
  personal_scripts: {
    shop_id: string;
    agent_id: string;
    id: string;
    code: string;
    title: string;
    text: string;
    changed_ms: number;
  };
  gate_rules: {
    shop_id: string;
    version: number;
    rules: Json<unknown>;
    author_id: string;
    author_name: string;
    at_ms: number;
    note: string;
  };
  /** Texts that leave by themselves; one pending row a conversation. */
  automatic_sends: {
    shop_id: string;
    id: string;
    conversation_id: string;
    buyer_id: string;
    mode: 'semi' | 'auto' | 'away';
    seq: number;
    suggestion_id: string;
    position: number;
    script_id: string;
    script_version: number;
    text: string;
    due_ms: number;
    created_ms: number;
    state: 'pending' | 'sent' | 'voided' | 'failed';
    reason: string | null;
    ended_ms: number | null;
    message_id: string | null;
  };
  /** Texts that the gate blocks, laid before a supervisor. */
  approvals: {
    shop_id: string;
    id: string;
    conversation_id: string;
    text: string;
    findings: Json<unknown>;
    reason: string;
    asked_by: string;
    asked_ms: number;
    /** By when an answer was announced. */
    answer_ms: number;
    state: 'asked' | 'granted' | 'refused' | 'used' | 'expired';
    decided_by: string | null;
    decided_ms: number | null;
    decision_note: string | null;
    /** A granted text may be sent until then. */
    valid_ms: number | null;
  };
  /** Concessions on a price and requests for them. */
  discounts: {
    shop_id: string;
    id: string;
    conversation_id: string;
    state: string;
    at_ms: number;
    /** A request or a grant counts until then. */
    ends_ms: number | null;
    entry: Json<unknown>;
  };
}
