/** Why pieces cannot be sent, as the server knows it. */
export const lossReasons = ["missing", "damaged"] as const;
