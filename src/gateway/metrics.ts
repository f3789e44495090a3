/** Figures of the node in Prometheus form; no text, no name, no id of a person. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Figures of the gateway and the turns. */
export interface GatewayMetrics {
  registry: Registry;
  opened(): void;
  closed(code: number): void;
  command(type: string): void;
  /** A buyer's message was understood: from its commit to its suggestions, in ms. */
  turn(durationMs: number, proposals: number): void;
  failed(what: string): void;
}

/** Creates the figures of one node. */
export function createGatewayMetrics(openSockets: () => number, waitingTurns: () => number): GatewayMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  new Gauge({
    name: 'huashu_sockets_open',
    help: 'Open sockets',
    registers,
    collect() {
      this.set(openSockets());
    },
  });
  new Gauge({
    name: 'huashu_turns_waiting',
    help: 'Buyer messages recorded and not yet understood',
    registers,
    collect() {
      this.set(waitingTurns());
    },
  });
  const opened = new Counter({ name: 'huashu_sockets_opened_total', help: 'Sockets opened', registers });
  const closed = new Counter({
    name: 'huashu_sockets_closed_total',
    help: 'Sockets closed, by code',
    labelNames: ['code'],
    registers,
  });
  const commands = new Counter({
    name: 'huashu_commands_total',
    help: 'Commands, by type',
    labelNames: ['type'],
    registers,
  });
  const failures = new Counter({
    name: 'huashu_failures_total',
    help: 'Failures, by what failed',
    labelNames: ['what'],
    registers,
  });
  const turns = new Histogram({
    name: 'huashu_turn_seconds',
    help: 'From the commit of a buyer message to its suggestions',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const proposals = new Counter({ name: 'huashu_proposals_total', help: 'Scripts proposed', registers });
  return {
    registry,
    opened: () => opened.inc(),
    closed: (code) => closed.inc({ code: String(code) }),
    command: (type) => commands.inc({ type }),
    turn(durationMs, count) {
      turns.observe(durationMs / 1000);
      proposals.inc(count);
    },
    failed: (what) => failures.inc({ what }),
  };
}
