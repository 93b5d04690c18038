import { useLayoutEffect, useRef, useState, type RefObject } from "react";
import { paginate, type PageRows } from "./paginate";

/** Left free on each page: a printer's fonts may be a little higher than the screen's. CSS pixels, some 3 mm. */
const RESERVE = 12;

function heightOf(container: HTMLElement, part: string): number {
  return container.querySelector(`[data-part="${part}"]`)?.getBoundingClientRect().height ?? 0;
}

function measure(container: HTMLElement, pageHeight: number): PageRows[] {
  const table = heightOf(container, "tableHead") + RESERVE;
  return paginate({
    rows: [...container.querySelectorAll('[data-part="row"]')].map(
      (row) => row.getBoundingClientRect().height,
    ),
    firstPage: pageHeight - heightOf(container, "firstHead") - table,
    nextPage: pageHeight - heightOf(container, "nextHead") - table,
    foot: heightOf(container, "foot"),
  });
}

function isSame(a: readonly PageRows[] | null, b: readonly PageRows[]): boolean {
  return a?.length === b.length && a.every(({ start, end }, i) => start === b[i]?.start && end === b[i].end);
}

/**
 * The pages of a slip, by the heights that its parts have in a container as wide as the paper; null before the first measurement.
 * Browsers break pages by themselves too, but neither number them by order nor show them on the screen. `pageHeight`: CSS pixels.
 */
export function useSlipPages(pageHeight: number): {
  containerRef: RefObject<HTMLDivElement | null>;
  pages: readonly PageRows[] | null;
} {
  const containerRef = useRef<HTMLDivElement>(null);
  const [pages, setPages] = useState<readonly PageRows[] | null>(null);
  // After every render: whatever was rendered may have changed a height. The result rarely changes, and then nothing follows.
  useLayoutEffect(() => {
    let isCurrent = true;
    const update = () => {
      // While the browser prints, the container is not displayed and has no heights; the pages stay as they are.
      if (!isCurrent || !containerRef.current?.checkVisibility()) return;
      const measured = measure(containerRef.current, pageHeight);
      setPages((before) => (isSame(before, measured) ? before : measured));
    };
    update();
    void document.fonts.ready.then(update);
    return () => {
      isCurrent = false;
    };
  });
  return { containerRef, pages };
}
