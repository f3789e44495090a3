/** What a socket's commands do. */
import { DeskError } from '../lib/errors.ts';
import type { AgentCommand, BuyerCommand, HelloFrame } from '../protocol/frames.ts';
import type { Message } from '../protocol/records.ts';
import { askApproval, decideApproval } from '../turn/ask-approval.ts';
import { endSends, stopSend } from '../turn/automatic-stop.ts';
import type { Desk } from '../turn/desk.ts';
import { finishTask } from '../turn/finish-task.ts';
import { handleMessage, type PendingTurn } from '../turn/handle-message.ts';
import { openConversation, resolveConversation, takeOver } from '../turn/hold-conversation.ts';
import { judgeTyped } from '../turn/judge-typed.ts';
import { noteRead } from '../turn/note-read.ts';
import { sendAgentReply } from '../turn/send-reply.ts';
import { dismissSuggestion } from '../turn/settle-suggestion.ts';
import { forBuyer } from './hub.ts';
import type { PresenceKeeper } from './keep-presence.ts';
import { encodeFrame, type Identity, type SocketConnection } from './socket-connection.ts';

/** What the endpoint calls. */
export interface CommandHandlers {
  /** Answers `hello`: where the record stands, and what a resuming client missed. */
  welcome(connection: SocketConnection, hello: HelloFrame['data'], ref: string | undefined): Promise<void>;
  run(connection: SocketConnection, command: BuyerCommand | AgentCommand): Promise<void>;
  left(connection: SocketConnection): void;
}

type BuyerIdentity = Extract<Identity, { role: 'buyer' }>;
type AgentIdentity = Extract<Identity, { role: 'agent' }>;

/** Messages fetched at once for a resuming client. */
const PAGE = 200;

/** Creates the handlers. */
export function createCommandHandlers(
  desk: Desk,
  presence: PresenceKeeper,
  understand: (turn: PendingTurn) => void,
): CommandHandlers {
  return {
    async welcome(connection, hello, ref) {
      const identity = connection.identity!;
      const shop = await desk.shop(identity.shopId);
      const resumed = hello.resume?.epoch === shop.epoch;
      const self =
        identity.role === 'buyer'
          ? {
              role: 'buyer' as const,
              buyerId: identity.buyerId,
              conversationId: identity.conversationId,
              shopName: shop.name,
            }
          : { role: 'agent' as const, agent: { ...publicAgent(identity), shopName: shop.name } };
      connection.send('welcome', { epoch: shop.epoch, heartbeatMs: 25_000, resumed, self }, ref);
      if (hello.resume && resumed) await resume(desk, connection, identity, hello.resume.seqs);
      if (identity.role !== 'buyer') return;
      presence.arrived(connection);
      noteRead(desk, identity.shopId, identity.buyerId, identity.conversationId).catch((error: unknown) =>
        desk.log.warn({ err: error }, 'it was not noted that a buyer is back'),
      );
    },
    async run(connection, command) {
      const identity = connection.identity!;
      if (identity.role === 'buyer')
        await runBuyerCommand(desk, connection, identity, command as BuyerCommand, understand);
      else await runAgentCommand(desk, presence, connection, identity, command as AgentCommand);
    },
    left: (connection) => presence.left(connection),
  };
}

function publicAgent(identity: AgentIdentity) {
  const { id, name, title, role, shopId } = identity.agent;
  return { id, name, title, role, shopId };
}

async function resume(
  desk: Desk,
  connection: SocketConnection,
  identity: Identity,
  seqs: Record<string, number>,
): Promise<void> {
  for (const [conversationId, seq] of Object.entries(seqs)) {
    if (identity.role === 'buyer' && conversationId !== identity.conversationId) continue;
    connection.startAfter(conversationId, seq);
    for (let after = seq; ; ) {
      const messages = await desk.ledger.conversations.messages(identity.shopId, conversationId, after, PAGE);
      for (const message of messages) pushTo(desk, connection, identity, message);
      if (messages.length < PAGE) break;
      after = messages.at(-1)!.seq;
    }
  }
}

function pushTo(desk: Desk, connection: SocketConnection, identity: Identity, message: Message): void {
  const seen = identity.role === 'buyer' ? forBuyer(message) : message;
  connection.sendMissed(message, encodeFrame('message.appended', { message: seen }, desk.clock.now()));
}

async function runBuyerCommand(
  desk: Desk,
  connection: SocketConnection,
  identity: BuyerIdentity,
  command: BuyerCommand,
  understand: (turn: PendingTurn) => void,
): Promise<void> {
  if (command.type === 'typing') {
    desk.bus.publish({
      type: 'typing',
      shopId: identity.shopId,
      conversationId: identity.conversationId,
      buyerId: identity.buyerId,
      from: 'buyer',
      who: identity.name,
      on: command.data.on,
    });
    return connection.send('ack', {}, command.id);
  }
  const appended = await handleMessage(
    desk,
    {
      shopId: identity.shopId,
      conversationId: identity.conversationId,
      buyerId: identity.buyerId,
      channel: 'web',
      key: `${identity.buyerId}:${command.id}`,
      text: command.data.text,
    },
    understand,
  );
  connection.send('ack', { seq: appended.seq, messageId: appended.messageId }, command.id);
}

async function runAgentCommand(
  desk: Desk,
  presence: PresenceKeeper,
  connection: SocketConnection,
  identity: AgentIdentity,
  command: AgentCommand,
): Promise<void> {
  const { shopId, agent } = identity;
  const ack = () => connection.send('ack', {}, command.id);
  switch (command.type) {
    case 'message.send': {
      const { conversationId, text, suggestion, warningsRead, approvalId } = command.data;
      const sent = await sendAgentReply(desk, {
        shopId,
        conversationId,
        agent,
        key: command.id,
        text,
        warningsRead: warningsRead ?? false,
        ...(suggestion ? { suggestion } : {}),
        ...(approvalId === undefined ? {} : { approvalId }),
      });
      const { seq, messageId } = sent.appended;
      const verdict = sent.verdict ? { verdict: sent.verdict } : {};
      return connection.send('ack', { seq, messageId, ...verdict }, command.id);
    }
    case 'suggestion.dismiss':
      await dismissSuggestion(desk, { shopId, agent, ...command.data });
      return ack();
    case 'automatic.stop':
      await stopSend(desk, { shopId, ...command.data });
      return ack();
    case 'conversation.open':
      await openConversation(desk, shopId, command.data.conversationId, agent);
      return ack();
    case 'conversation.takeOver':
      await takeOver(desk, shopId, command.data.conversationId, agent, command.data.on);
      return ack();
    case 'conversation.resolve':
      await resolveConversation(desk, shopId, command.data.conversationId, agent);
      return ack();
    case 'presence.set':
      await presence.set(connection, command.data.state);
      return ack();
    case 'typing': {
      const row = await desk.ledger.conversations.find(shopId, command.data.conversationId);
      if (!row) throw new DeskError('not_found', `conversation ${command.data.conversationId} is not of this shop`);
      if (command.data.on) await endSends(desk, shopId, { conversationId: row.id }, 'typing');
      desk.bus.publish({
        type: 'typing',
        shopId,
        conversationId: row.id,
        buyerId: row.buyerId,
        from: 'agent',
        who: agent.name,
        agentId: agent.id,
        on: command.data.on,
      });
      return ack();
    }
    case 'gate.check': {
      const context = await desk.ledger.context({ shopId, conversationId: command.data.conversationId });
      if (!context) throw new DeskError('not_found', `conversation ${command.data.conversationId} is not of this shop`);
      const { verdict } = await judgeTyped(desk, context, agent, command.data.text);
      return connection.send('ack', { verdict }, command.id);
    }
    case 'approval.ask': {
      const { approvalId } = await askApproval(desk, { shopId, agent, ...command.data });
      return connection.send('ack', { approvalId }, command.id);
    }
    case 'approval.decide':
      await decideApproval(desk, { shopId, agent, ...command.data });
      return ack();
    case 'task.done':
      await finishTask(desk, agent, command.data.taskId);
      return ack();
  }
}
