/** The socket protocol as an AsyncAPI 3 document, from the same schemas that check the frames. */
import { z } from 'zod';
import {
  AgentCommandSchema,
  BuyerCommandSchema,
  HelloFrameSchema,
  ServerFrameSchema,
  SUBPROTOCOL,
} from '../protocol/frames.ts';

/** Describes `/ws`. */
export function describeSockets(): object {
  const groups = {
    hello: { schemas: [HelloFrameSchema], role: 'hello' },
    buyer: { schemas: BuyerCommandSchema.options, role: 'buyer' },
    agent: { schemas: AgentCommandSchema.options, role: 'agent' },
    server: { schemas: ServerFrameSchema.options, role: 'server' },
  };
  const messages: Record<string, object> = {};
  const refs: Record<string, { $ref: string }[]> = {};
  for (const { schemas, role } of Object.values(groups)) {
    refs[role] = schemas.map((schema) => {
      const type = [...schema.shape.type.values][0] as string;
      const name = `${role}.${type}`;
      messages[name] = { name: type, title: type, payload: z.toJSONSchema(schema, { io: 'input' }) };
      return { $ref: `#/channels/desk/messages/${name}` };
    });
  }
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'huashu desk sockets',
      version: '1.0.0',
      description: `WebSocket subprotocol ${SUBPROTOCOL}; docs/PROTOCOL.md tells how the frames are used.`,
    },
    defaultContentType: 'application/json',
    channels: {
      desk: {
        address: '/ws',
        messages: Object.fromEntries(
          Object.keys(messages).map((name) => [name, { $ref: `#/components/messages/${name}` }]),
        ),
      },
    },
    operations: {
      open: {
        action: 'receive',
        channel: { $ref: '#/channels/desk' },
        messages: refs['hello'],
        summary: 'First frame of every connection',
      },
      receiveFromBuyer: {
        action: 'receive',
        channel: { $ref: '#/channels/desk' },
        messages: refs['buyer'],
        summary: 'Commands of a buyer',
      },
      receiveFromAgent: {
        action: 'receive',
        channel: { $ref: '#/channels/desk' },
        messages: refs['agent'],
        summary: 'Commands of an agent',
      },
      send: {
        action: 'send',
        channel: { $ref: '#/channels/desk' },
        messages: refs['server'],
        summary: 'Answers and events',
      },
    },
    components: { messages },
  };
}
