import { createTheme, rem, type MantineColorsTuple, type MantineThemeOverride } from "@mantine/core";
import controls from "./controls.module.css";

/**
 * Ten shades, as Mantine requires. White text on shade 7 has a contrast of at least 4.5 : 1, the minimum of WCAG
 * 2.2 AA.
 */
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

/** Replaces Mantine's dark greys by shades of those in global.css, so that controls match the page. */
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

/**
 * The only type sizes: xs for column heads and counts, sm for tables and controls, md for text and fields, lg for
 * headings within a screen, xl for its title and for bins, xxl for bins read while walking. Pixels at the browser's
 * standard size.
 */
const fontSizes = { xs: rem(12), sm: rem(14), md: rem(16), lg: rem(18), xl: rem(22), xxl: rem(26) };

/**
 * Default props and classes of Mantine's components. Plain objects, because `Button.extend` and the like would import
 * every component into the first route's bundle.
 */
const components: NonNullable<MantineThemeOverride["components"]> = {
  ActionIcon: { defaultProps: { variant: "default", size: 44 }, classNames: { root: controls.icon } },
  Anchor: { classNames: { root: controls.link } },
  Badge: { defaultProps: { variant: "light" }, classNames: { root: controls.count } },
  Button: { classNames: { root: controls.button } },
  Checkbox: { defaultProps: { size: "md" }, classNames: { input: controls.checkbox } },
  CloseButton: { classNames: { root: controls.fieldButton } },
  Drawer: { classNames: { title: controls.drawerTitle } },
  DrawerRoot: {
    // Each drawer returns the focus itself: the row that opened it may have been rendered anew since. Escape is left to
    // src/keyboard, because Mantine closes a drawer together with the dialog over it.
    defaultProps: {
      position: "right",
      returnFocus: false,
      closeOnEscape: false,
      transitionProps: { duration: 120 },
    },
  },
  Input: { defaultProps: { size: "md" }, classNames: { input: controls.target } },
  InputWrapper: { classNames: { label: controls.fieldLabel } },
  Menu: { classNames: { item: controls.target } },
  Modal: { classNames: { title: controls.dialogTitle } },
  ModalRoot: { defaultProps: { centered: true, closeOnEscape: false } },
  PasswordInput: { classNames: { visibilityToggle: controls.fieldButton } },
  Popover: { defaultProps: { shadow: "md" } },
  Progress: { classNames: { root: controls.track } },
  SegmentedControl: { classNames: { label: controls.segment } },
  Skeleton: { classNames: { root: controls.skeleton } },
};

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, dark },
  fontFamily: "'Inter', 'Inter Fallback', system-ui, sans-serif",
  fontSizes,
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: fontSizes.xl, lineHeight: "1.3" },
      h2: { fontSize: fontSizes.lg, lineHeight: "1.4" },
      h3: { fontSize: fontSizes.md, lineHeight: "1.5" },
    },
  },
  // Pixels at the browser's standard size, as above.
  spacing: { xxs: rem(4), xs: rem(8), sm: rem(12), md: rem(16), lg: rem(20), xl: rem(32) },
  radius: { xs: rem(2), sm: rem(6), md: rem(8), lg: rem(12), xl: rem(32) },
  defaultRadius: "md",
  cursorType: "pointer",
  components,
});
