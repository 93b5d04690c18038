import { expect, it, vi } from "vitest";
import {
  anEvent,
  anOrder,
  api,
  aStore,
  html503,
  htmlPage,
  MINUTE,
  numbersFrom,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

/** Lets time pass minute by minute, with the sweep that a cron runs. */
async function passMinutes(store: Store, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    vi.advanceTimersByTime(MINUTE);
    await store.sweep();
    await store.runDue();
  }
}

it.each([
  ["with HTTP 503", html503],
  ["of HTML with HTTP 200", htmlPage(200)],
  ["of HTML with HTTP 403", htmlPage(403)],
])("an outage %s costs few calls, is shown to staff, and ends with every order stored", async (_, answer) => {
  const store = await aStore();
  const numbers = numbersFrom(100, 12);
  for (const number of numbers) store.bricklink.place(anOrder({ number }));
  store.bricklink.outage = answer;
  const events = numbers.map((number) => anEvent(number));
  await store.postCallback(events.slice(0, 6));
  await store.postCallback(events.slice(6));
  await store.runDue();
  await passMinutes(store, 60);
  expect(store.bricklink.calls.length).toBeLessThan(25);
  const waiting = await store.notifications();
  expect(Math.max(...waiting.map(({ attempts }) => attempts))).toBeLessThanOrEqual(5);
  const during = await store.query(api.marketplaces.bricklink.limits.health.strip);
  expect(during.pause).toMatchObject({ reason: "circuitOpen" });
  store.bricklink.outage = undefined;
  await passMinutes(store, 5);
  expect(await store.orders()).toHaveLength(12);
  const after = await store.query(api.marketplaces.bricklink.limits.health.strip);
  expect(after).toMatchObject({ pause: null, lastError: null });
});

it("a poll that succeeds closes the circuit breaker, and waiting notifications are processed at once", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  store.bricklink.nextAnswers.push(...Array.from({ length: 6 }, () => html503));
  for (let failed = 0; failed < 6; failed += 1) {
    await store.poll();
    vi.advanceTimersByTime(16 * MINUTE);
  }
  await store.postCallback(anEvent(100));
  await store.poll();
  await store.runDue();
  expect(await store.orders()).toHaveLength(1);
});
