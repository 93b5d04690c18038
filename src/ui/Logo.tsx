/** The product's mark: a plate with two studs, seen from the side. Decorative, so hidden from screen readers. */
export function Logo() {
  return (
    <svg width="28" height="28" viewBox="0 0 28 28" aria-hidden="true" style={{ flex: "none" }}>
      <rect x="5" y="6" width="7" height="6" rx="1.5" fill="var(--accent)" opacity="0.75" />
      <rect x="16" y="6" width="7" height="6" rx="1.5" fill="var(--accent)" opacity="0.75" />
      <rect x="2" y="11" width="24" height="11" rx="2.5" fill="var(--accent)" />
    </svg>
  );
}
