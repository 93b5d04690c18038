import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** One accent: the blue of a plate that every packer has sorted. Shade 7 carries white text at 4.5 : 1 and more. */
const accent: MantineColorsTuple = [
  "#eaf3fb",
  "#d3e4f4",
  "#a3c7ea",
  "#70a9e0",
  "#468fd7",
  "#2c7fd2",
  "#1b6fc1",
  "#0a5aa5",
  "#004d8f",
  "#00417c",
];

/** The greys of our own dark page, so that controls do not look like strangers on it. */
const dark: MantineColorsTuple = [
  "#eef2f6",
  "#c9d2dc",
  "#a4afbc",
  "#8793a1",
  "#566372",
  "#323a45",
  "#232a33",
  "#1a1f26",
  "#12161b",
  "#0c0f13",
];

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  defaultRadius: "md",
  fontFamily:
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif",
  headings: { fontWeight: "650" },
  cursorType: "pointer",
});
