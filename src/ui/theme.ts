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

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  colors: { accent },
  defaultRadius: "md",
  fontFamily:
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif",
  headings: { fontWeight: "650" },
  cursorType: "pointer",
});
