/**
 * One client's connection. The client sees every change as a transition from one version to the next; transitions must
 * join without a gap, so everything that creates one runs in a queue. After a burst of commits, the queries that they
 * invalidated run again once.
 */
import type { WebSocket } from "ws";
import type { Auth } from "../functions/auth";
import { adminCaller, anonymousCaller, type Caller, type Origin } from "../functions/caller";
import type { Committed, Functions } from "../functions/functions";
import { Mutex } from "../lib/mutex";
import { TIMER_MAX_MS } from "../lib/timers";
import { answerMutation } from "./mutationAnswers";
import {
  decodeTimestamp,
  encodeTimestamp,
  failureFields,
  MessageRefused,
  parseMessage,
  QUERIES_MAX,
  type ClientMessage,
  type MessageOf,
} from "./protocol";
import { QuerySet, type Modification } from "./querySet";

/** Interval of pings. The client of convex 1.48 closes a connection that is silent for 60 s. */
const PING_INTERVAL_MS = 15_000;

/** How long a client has to confirm that its socket is closed. Chosen. */
const CLOSE_TIMEOUT_MS = 500;

/** Transitions longer than this are sent in chunks, as by Convex. In characters, each at least a byte. */
const CHUNK_LENGTH = 5 * 1024 * 1024;

/** While more bytes than this wait to be received by a slow client, transitions are delayed and merged. Chosen. */
const BUFFERED_BYTES_MAX = 1024 * 1024;
const BUFFER_CHECK_INTERVAL_MS = 50;

/** While more messages than this wait to be handled, no more are read from the client. Chosen. */
const WAITING_MESSAGES_MAX = 100;

type Version = { querySet: number; identity: number; timestamp: bigint };

type SessionContext = {
  socket: WebSocket;
  origin: Origin;
  functions: Functions;
  auth: Auth;
  adminKey: string;
};

export class Session {
  private readonly querySet: QuerySet;
  private readonly queue = new Mutex();
  private version: Version = { querySet: 0, identity: 0, timestamp: 0n };
  private caller: Caller;
  private sessionId = "";
  private isTransitionScheduled = false;
  private chunkedTransitions = 0;
  private waitingMessages = 0;
  private isClosed = false;
  private pinger: NodeJS.Timeout;
  private expiry: NodeJS.Timeout | undefined;

  constructor(private readonly context: SessionContext) {
    this.querySet = new QuerySet(context.functions);
    this.caller = anonymousCaller(context.origin);
    this.pinger = setInterval(() => this.send({ type: "Ping" }), PING_INTERVAL_MS);
    context.socket.on("message", (data: Buffer) => this.receive(data));
    context.socket.on("close", () => this.end());
    context.socket.on("error", () => this.end());
  }

  private end(): void {
    this.isClosed = true;
    clearInterval(this.pinger);
    clearTimeout(this.expiry);
    this.querySet.clear();
  }

  /** Closes the socket. A client that does not confirm is disconnected, so that it cannot keep the host from closing. */
  close(): void {
    this.end();
    this.context.socket.close(1001, "ServerShutdown");
    setTimeout(() => this.context.socket.terminate(), CLOSE_TIMEOUT_MS).unref();
  }

  private send(message: Record<string, unknown>): void {
    this.sendText(JSON.stringify(message));
  }

  private sendText(text: string): void {
    if (!this.isClosed && this.context.socket.readyState === this.context.socket.OPEN) {
      this.context.socket.send(text);
    }
  }

  private fatal(error: string): void {
    this.send({ type: "FatalError", error });
    this.context.socket.close(1002, "FatalError");
    this.end();
  }

  private receive(data: Buffer): void {
    if (this.isClosed) return;
    let message: ClientMessage;
    try {
      message = parseMessage(data);
    } catch (error) {
      this.fatal(error instanceof MessageRefused ? error.message : "A message could not be parsed.");
      return;
    }
    if (message.type === "Action") {
      this.closeOnError(this.runAction(message));
      return;
    }
    this.waitingMessages += 1;
    if (this.waitingMessages === WAITING_MESSAGES_MAX) this.context.socket.pause();
    const handled = this.queue.runExclusive(() => this.handle(message));
    this.closeOnError(
      handled.finally(() => {
        this.waitingMessages -= 1;
        if (this.waitingMessages < WAITING_MESSAGES_MAX) this.context.socket.resume();
      }),
    );
  }

  /** Closes the socket when the work fails; the client then reconnects and subscribes again. */
  private closeOnError(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.context.functions.log.error(["A connection failed.", error]);
      this.context.socket.close(1011, "InternalServerError");
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
    if (maxObservedTimestamp && decodeTimestamp(maxObservedTimestamp) > this.context.functions.timestamp) {
      this.fatal(
        "The client has seen a later state than this deployment has, because its data was reset. Reload the page.",
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
      this.context.socket.close(1008, "AuthError");
      this.end();
      return;
    }
    this.querySet.invalidateAll();
    await this.advance({ identity: baseVersion + 1 });
  }

  private async callerOf(tokenType: "User" | "Admin" | "None", value: string): Promise<Caller> {
    const { origin } = this.context;
    if (tokenType === "None") return anonymousCaller(origin);
    if (tokenType === "Admin") {
      if (value !== this.context.adminKey) throw new Error("The admin key belongs to another deployment.");
      return adminCaller(origin);
    }
    const { identity, expiresAt } = await this.context.auth.verify(value);
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
    this.context.socket.close(1008, "AuthError");
    this.end();
  }

  private async modifyQuerySet(message: MessageOf<"ModifyQuerySet">): Promise<void> {
    if (message.baseVersion !== this.version.querySet) {
      this.fatal(
        `BaseVersionMismatch: the query set is at ${this.version.querySet}, not ${message.baseVersion}.`,
      );
      return;
    }
    const removed = this.querySet.modify(message.modifications);
    if (this.querySet.size > QUERIES_MAX) {
      this.fatal(
        `A connection can subscribe to ${QUERIES_MAX.toLocaleString("en")} queries, and not to more.`,
      );
      return;
    }
    await this.advance({ querySet: message.newVersion }, removed);
  }

  /**
   * Runs a mutation after those that the client sent before it. The next one starts once this one is committed; the
   * answer is sent once the commit is on disk.
   */
  private async runMutation(message: MessageOf<"Mutation">): Promise<void> {
    if (this.sessionId === "") {
      this.fatal("A mutation was sent before Connect.");
      return;
    }
    const { whenDurable } = await answerMutation(
      this.context.functions,
      this.sessionId,
      message,
      this.caller,
    );
    this.closeOnError(
      whenDurable.then((answer) => {
        this.send(answer);
        // The client's promise resolves with the transition that reaches the commit's time, so one is sent in any case.
        if (answer.success) this.scheduleTransition();
      }),
    );
  }

  private async runAction({ requestId, udfPath, args }: MessageOf<"Action">): Promise<void> {
    // Starts after the messages sent before it, such as a sign-in, and runs concurrently with later ones.
    await this.queue.runExclusive(() => Promise.resolve());
    const outcome = await this.context.functions.runAction(udfPath, args, this.caller);
    const shared = { type: "ActionResponse", requestId, logLines: [] };
    this.send(
      outcome.ok
        ? { ...shared, success: true, result: outcome.value }
        : { ...shared, success: false, result: outcome.failure.message, ...failureFields(outcome.failure) },
    );
  }

  /** Invalidates the queries that a commit affects. They run again when this burst of commits is over. */
  onCommit({ keys }: Committed): void {
    this.querySet.invalidate(keys);
    if (this.querySet.hasInvalidated) this.scheduleTransition();
  }

  /** Runs every query again, e.g. after the functions changed. */
  invalidateAll(): void {
    this.querySet.invalidateAll();
    if (this.querySet.hasInvalidated) this.scheduleTransition();
  }

  private scheduleTransition(): void {
    if (this.isTransitionScheduled || this.isClosed) return;
    this.isTransitionScheduled = true;
    setImmediate(() => this.advanceWhenDrained());
  }

  private advanceWhenDrained(): void {
    if (!this.isClosed && this.context.socket.bufferedAmount > BUFFERED_BYTES_MAX) {
      setTimeout(() => this.advanceWhenDrained(), BUFFER_CHECK_INTERVAL_MS);
      return;
    }
    this.closeOnError(
      this.queue.runExclusive(async () => {
        this.isTransitionScheduled = false;
        await this.advance({});
      }),
    );
  }

  /** Runs the invalidated queries on one snapshot and sends the transition to the new version. */
  private async advance(to: Partial<Version>, removed: Modification[] = []): Promise<void> {
    if (this.isClosed) return;
    const { functions } = this.context;
    const modifications = [...removed];
    const timestamp = await functions.runExclusively(async () => {
      modifications.push(...(await this.querySet.rerun(this.caller)));
      return functions.timestamp;
    });
    await functions.whenDurable();
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
    if (text.length <= CHUNK_LENGTH) {
      this.sendText(text);
      return;
    }
    this.chunkedTransitions += 1;
    const totalParts = Math.ceil(text.length / CHUNK_LENGTH);
    for (let partNumber = 0; partNumber < totalParts; partNumber += 1) {
      const chunk = text.slice(partNumber * CHUNK_LENGTH, (partNumber + 1) * CHUNK_LENGTH);
      this.send({
        type: "TransitionChunk",
        chunk,
        partNumber,
        totalParts,
        transitionId: String(this.chunkedTransitions),
      });
    }
  }
}

function encodeVersion({ querySet, identity, timestamp }: Version) {
  return { querySet, identity, ts: encodeTimestamp(timestamp) };
}
