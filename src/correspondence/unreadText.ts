/** Apart from the other text about messages, because the orders table loads it with the first screen. */
export function unreadText(count: number): string {
  return count === 1 ? "1 unread message" : `${count} unread messages`;
}
