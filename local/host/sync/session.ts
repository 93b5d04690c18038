/**
 * One client's socket. It is told of every change as a step from one version to the next; versions must join without
 * a gap, so everything that makes a step goes through one queue. What a commit touched runs again, once a burst.
 */
import type { JSONValue } from "convex/values";
import type { WebSocket } from "ws";
import type { Auth } from "../functions/auth";
import { administrator, anonymous, type Caller, type Origin } from "../functions/caller";
import type { Committed, Functions, QueryOutcome } from "../functions/functions";
import { Lock } from "../lib/mutex";
import type { Journal } from "../functions/syscalls";
import {
  clientMessage,
  decodeTimestamp,
  encodeTimestamp,
  failureFields,
  type ClientMessage,
  type MessageOf,
} from "./protocol";

/** Silence after which the client is told that the server lives; the client gives up after 60 s. */
const PING_AFTER_MS = 15_000;

const TIMER_MAX_MS = 2_147_483_647;

/** How long a client has to answer that its socket is closed. */
const GOODBYE_MS = 500;

/** Transitions longer than this are sent in parts, as by Convex (characters, each at least a byte). */
const PART_LENGTH = 5 * 1024 * 1024;

/** What a slow client may leave untaken; while it is more, steps wait and become fewer. In bytes. */
const UNTAKEN_MAX = 1024 * 1024;
const LOOK_AGAIN_MS = 50;

type Subscription = {
  path: string;
  args: JSONValue;
  journal: Journal;
  /** What was sent last, as text: only what differs is sent again. */
  sent: string | undefined;
  reads: QueryOutcome["reads"] | undefined;
};

type Modification = Record<string, unknown> & { type: string; queryId: number };

type Version = { querySet: number; identity: number; timestamp: bigint };

type SessionParts = {
  socket: WebSocket;
  origin: Origin;
  functions: Functions;
  auth: Auth;
  adminKey: string;
};

function parseJournal(journal: string | null | undefined): Journal {
  return { endCursor: journal ?? null };
}

function queryResult({ journal, ...outcome }: QueryOutcome): Record<string, unknown> {
  const shared = { logLines: [], journal: journal.endCursor };
  return outcome.ok
    ? { type: "QueryUpdated", value: outcome.value, ...shared }
    : {
        type: "QueryFailed",
        errorMessage: outcome.failure.message,
        ...failureFields(outcome.failure),
        ...shared,
      };
}

export class Session {
  private readonly subscriptions = new Map<number, Subscription>();
  private readonly queue = new Lock();
  private version: Version = { querySet: 0, identity: 0, timestamp: 0n };
  private caller: Caller;
  private sessionId = "";
  private touched = new Set<number>();
  private isStepPlanned = false;
  private transitionsParted = 0;
  private isClosed = false;
  private pinger: NodeJS.Timeout;
  private expiry: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SessionParts) {
    this.caller = anonymous(parts.origin);
    this.pinger = setInterval(() => this.send({ type: "Ping" }), PING_AFTER_MS);
    parts.socket.on("message", (data: Buffer) => this.receive(data.toString("utf8")));
    parts.socket.on("close", () => this.end());
    parts.socket.on("error", () => this.end());
  }

  private end(): void {
    this.isClosed = true;
    clearInterval(this.pinger);
    clearTimeout(this.expiry);
    this.subscriptions.clear();
  }

  /** Says goodbye; a client that does not answer is cut off, for it must not keep the host from ending. */
  close(): void {
    this.end();
    this.parts.socket.close(1001, "ServerShutdown");
    setTimeout(() => this.parts.socket.terminate(), GOODBYE_MS).unref();
  }

  private send(message: Record<string, unknown>): void {
    if (!this.isClosed && this.parts.socket.readyState === this.parts.socket.OPEN) {
      this.parts.socket.send(JSON.stringify(message));
    }
  }

  private fatal(error: string): void {
    this.send({ type: "FatalError", error });
    this.parts.socket.close(1002, "FatalError");
    this.end();
  }

  private receive(text: string): void {
    let message: ClientMessage;
    try {
      message = clientMessage.parse(JSON.parse(text));
    } catch {
      this.fatal("A message could not be read.");
      return;
    }
    if (message.type === "Action") {
      void this.runAction(message);
      return;
    }
    this.survive(this.queue.run(() => this.handle(message)));
  }

  /** A socket whose work fails is closed: its client connects again and asks anew. */
  private survive(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.parts.functions.log.error(["A socket failed.", error]);
      this.parts.socket.close(1011, "InternalServerError");
    });
  }

  private async handle(message: Exclude<ClientMessage, { type: "Action" }>): Promise<void> {
    if (this.isClosed) return;
    switch (message.type) {
      case "Connect":
        return this.connect(message);
      case "Authenticate":
        return await this.authenticate(message);
      case "ModifyQuerySet":
        return await this.modifyQuerySet(message);
      case "Mutation":
        return await this.runMutation(message);
      case "Event":
        return;
    }
  }

  private connect({ sessionId, maxObservedTimestamp }: MessageOf<"Connect">): void {
    this.sessionId = sessionId;
    if (maxObservedTimestamp && decodeTimestamp(maxObservedTimestamp) > this.parts.functions.timestamp) {
      this.fatal(
        "The client has seen a later state than this deployment has: its data was reset. Reload the page.",
      );
    }
  }

  private async authenticate({
    tokenType,
    value = "",
    baseVersion,
  }: MessageOf<"Authenticate">): Promise<void> {
    clearTimeout(this.expiry);
    try {
      this.caller = await this.callerOf(tokenType, value);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.send({ type: "AuthError", error: reason, baseVersion, authUpdateAttempted: true });
      this.parts.socket.close(1008, "AuthError");
      this.end();
      return;
    }
    for (const queryId of this.subscriptions.keys()) this.touched.add(queryId);
    await this.step({ identity: baseVersion + 1 });
  }

  private async callerOf(tokenType: "User" | "Admin" | "None", value: string): Promise<Caller> {
    const { origin } = this.parts;
    if (tokenType === "None") return anonymous(origin);
    if (tokenType === "Admin") {
      if (value !== this.parts.adminKey) throw new Error("The admin key is not this deployment's.");
      return administrator(origin);
    }
    const { identity, expiresAt } = await this.parts.auth.verify(value);
    const remaining = Math.min(Math.max(0, expiresAt - Date.now()), TIMER_MAX_MS);
    this.expiry = setTimeout(() => this.expire(), remaining);
    return { identity, isTrusted: false, origin: { ...origin, authToken: value } };
  }

  private expire(): void {
    const { identity } = this.version;
    this.send({
      type: "AuthError",
      error: "Token expired",
      baseVersion: identity,
      authUpdateAttempted: false,
    });
    this.parts.socket.close(1008, "AuthError");
    this.end();
  }

  private async modifyQuerySet(message: MessageOf<"ModifyQuerySet">): Promise<void> {
    if (message.baseVersion !== this.version.querySet) {
      this.fatal(
        `BaseVersionMismatch: the query set is at ${this.version.querySet}, not ${message.baseVersion}.`,
      );
      return;
    }
    const removed: Modification[] = [];
    for (const modification of message.modifications) {
      const { queryId } = modification;
      if (modification.type === "Remove") {
        this.subscriptions.delete(queryId);
        this.touched.delete(queryId);
        removed.push({ type: "QueryRemoved", queryId });
      } else {
        const { udfPath: path, args, journal } = modification;
        this.subscriptions.set(queryId, {
          path,
          args,
          journal: parseJournal(journal),
          sent: undefined,
          reads: undefined,
        });
        this.touched.add(queryId);
      }
    }
    await this.step({ querySet: message.newVersion }, removed);
  }

  /**
   * Runs a mutation after those that the client sent before it. The next one begins as soon as this one's writes are made;
   * the answer waits until they are on disk, together with others'.
   */
  private async runMutation({ requestId, udfPath, args }: MessageOf<"Mutation">): Promise<void> {
    const { functions } = this.parts;
    const repeated = functions.handledResponse(this.sessionId, requestId);
    const answer =
      repeated === undefined
        ? await this.mutate(requestId, udfPath, args)
        : (JSON.parse(repeated) as Record<string, unknown>);
    this.survive(
      functions.durable().then(() => {
        this.send(answer);
        // The client's promise waits for a step that reaches the commit's time, even when it changes nothing it sees.
        if (answer.success === true) this.planStep();
      }),
    );
  }

  private async mutate(
    requestId: number,
    udfPath: string,
    args: JSONValue,
  ): Promise<Record<string, unknown>> {
    const answerOf = (result: JSONValue, timestamp: bigint) => ({
      type: "MutationResponse",
      requestId,
      success: true,
      result,
      ts: encodeTimestamp(timestamp),
      logLines: [],
    });
    const outcome = await this.parts.functions.startMutation(udfPath, args, this.caller, {
      answerWith: (value, timestamp) => ({
        session: this.sessionId,
        request: requestId,
        response: JSON.stringify(answerOf(value, timestamp)),
      }),
    });
    if (outcome.ok) return answerOf(outcome.value, outcome.timestamp);
    const { message } = outcome.failure;
    const failed = { type: "MutationResponse", requestId, success: false, result: message, logLines: [] };
    return { ...failed, ...failureFields(outcome.failure) };
  }

  private async runAction({ requestId, udfPath, args }: MessageOf<"Action">): Promise<void> {
    // After what was sent before it, such as a sign-in; beside everything sent later.
    await this.queue.run(() => Promise.resolve());
    const outcome = await this.parts.functions.runAction(udfPath, args, this.caller);
    const shared = { type: "ActionResponse", requestId, logLines: [] };
    this.send(
      outcome.ok
        ? { ...shared, success: true, result: outcome.value }
        : { ...shared, success: false, result: outcome.failure.message, ...failureFields(outcome.failure) },
    );
  }

  /** Marks what a commit touched, and plans a step once this burst of commits is over. */
  noticeCommit({ keys }: Committed): void {
    for (const [queryId, { reads }] of this.subscriptions) {
      if (reads?.isTouchedBy(keys)) this.touched.add(queryId);
    }
    if (this.touched.size > 0) this.planStep();
  }

  /** Runs every query again, e.g. after the functions changed. */
  refresh(): void {
    for (const queryId of this.subscriptions.keys()) this.touched.add(queryId);
    if (this.touched.size > 0) this.planStep();
  }

  private planStep(): void {
    if (this.isStepPlanned || this.isClosed) return;
    this.isStepPlanned = true;
    setImmediate(() => this.stepWhenTaken());
  }

  private stepWhenTaken(): void {
    if (!this.isClosed && this.parts.socket.bufferedAmount > UNTAKEN_MAX) {
      setTimeout(() => this.stepWhenTaken(), LOOK_AGAIN_MS);
      return;
    }
    this.survive(
      this.queue.run(async () => {
        this.isStepPlanned = false;
        await this.step({});
      }),
    );
  }

  /** Runs what was touched, all at one moment, and sends the step to it. */
  private async step(to: Partial<Version>, removed: Modification[] = []): Promise<void> {
    if (this.isClosed) return;
    const { functions } = this.parts;
    const modifications = [...removed];
    const timestamp = await functions.exclusively(async () => {
      const due = this.touched;
      this.touched = new Set();
      for (const queryId of due) {
        const changed = await this.rerun(queryId);
        if (changed) modifications.push(changed);
      }
      return functions.timestamp;
    });
    await functions.durable();
    const start = this.version;
    this.version = { ...start, ...to, timestamp };
    this.sendTransition({
      type: "Transition",
      startVersion: encodeVersion(start),
      endVersion: encodeVersion(this.version),
      modifications,
    });
  }

  private sendTransition(transition: Record<string, unknown>): void {
    const text = JSON.stringify(transition);
    if (text.length <= PART_LENGTH) {
      this.send(transition);
      return;
    }
    this.transitionsParted += 1;
    const totalParts = Math.ceil(text.length / PART_LENGTH);
    for (let partNumber = 0; partNumber < totalParts; partNumber += 1) {
      const chunk = text.slice(partNumber * PART_LENGTH, (partNumber + 1) * PART_LENGTH);
      this.send({
        type: "TransitionChunk",
        chunk,
        partNumber,
        totalParts,
        transitionId: String(this.transitionsParted),
      });
    }
  }

  private async rerun(queryId: number): Promise<Modification | undefined> {
    const subscription = this.subscriptions.get(queryId);
    if (!subscription) return undefined;
    const { path, args, journal } = subscription;
    const outcome = await this.parts.functions.runQueryUnlocked(path, args, this.caller, journal);
    subscription.reads = outcome.reads;
    subscription.journal = outcome.journal;
    const result = queryResult(outcome);
    const text = JSON.stringify(result);
    if (text === subscription.sent) return undefined;
    subscription.sent = text;
    return { type: "", ...result, queryId };
  }
}

function encodeVersion({ querySet, identity, timestamp }: Version) {
  return { querySet, identity, ts: encodeTimestamp(timestamp) };
}
