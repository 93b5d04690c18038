/** The totes of a walk: the i-th order, by number, goes into tote i, so that a tote keeps its order for the whole walk. */
import { toteBoardText } from "./toteBoardText";

export type ToteShape = "circle" | "square" | "triangle" | "diamond" | "hexagon";

export type Tote = {
  /** From 1: what people call it. */
  number: number;
  shape: ToteShape;
  /** The word for the colour; the colour itself is in ToteMark.module.css. */
  color: ToteColor;
};

const shapes: readonly ToteShape[] = ["circle", "square", "triangle", "diamond", "hexagon"];
const colors = ["blue", "orange", "green", "purple", "red", "teal", "pink", "grey"] as const;
export type ToteColor = (typeof colors)[number];

function cyclic<Member>(members: readonly Member[], index: number): Member {
  const member = members[index % members.length];
  if (member === undefined) throw new Error("A tote needs a shape and a colour.");
  return member;
}

/** Five shapes and eight colours: no two of forty totes look alike, and a walk has thirty at most. `number`: from 1. */
export function toteOf(number: number): Tote {
  return { number, shape: cyclic(shapes, number - 1), color: cyclic(colors, number - 1) };
}

/** "tote 2, orange square": for people who cannot see the mark. */
export function toteText({ number, shape, color }: Tote): string {
  return toteBoardText.mark(number, color, shape);
}
