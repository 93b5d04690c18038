/** An order's page at BrickLink, on which its buyer is written to. */
export function bricklinkOrderUrl(orderNumber: number): string {
  return `https://www.bricklink.com/orderDetail.asp?ID=${orderNumber}`;
}
