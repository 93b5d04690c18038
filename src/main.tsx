// Imported first, so that its reset layer is declared before Mantine's layer, which overrides it.
import "./ui/global.css";
import "@mantine/core/styles.layer.css";
import "./ui/typeface.css";
import { ConvexAuthProvider } from "@convex-dev/auth/react";
import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { ConvexReactClient } from "convex/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { language } from "./language/language";
import { createAppRouter } from "./router";
import { StartupErrorScreen } from "./ui/ErrorScreens";
import { loadRefusals } from "./ui/errorText";
import { theme } from "./ui/theme";

/**
 * URL of the Convex deployment: set at build time for a deployed dashboard, otherwise fetched from the server of the page.
 * Throws when that server cannot be reached or does not answer with its configuration.
 */
async function fetchConvexUrl(): Promise<string> {
  const builtInUrl = import.meta.env.VITE_CONVEX_URL as string | undefined;
  if (builtInUrl) return builtInUrl;
  const response = await fetch("/config.json");
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return ((await response.json()) as { convexUrl: string }).convexUrl;
}

const element = document.getElementById("root");
if (!element) throw new Error("The page has no #root.");
const root = createRoot(element);

document.documentElement.lang = language;

Promise.all([fetchConvexUrl(), loadRefusals()]).then(
  ([url]) => {
    // By default, the client asks for confirmation before the page is closed while a mutation is still in flight.
    const client = new ConvexReactClient(url);
    root.render(
      <StrictMode>
        <MantineProvider theme={theme} defaultColorScheme="auto">
          <ConvexAuthProvider client={client}>
            <RouterProvider router={createAppRouter()} />
          </ConvexAuthProvider>
        </MantineProvider>
      </StrictMode>,
    );
  },
  () => {
    root.render(
      <MantineProvider theme={theme} defaultColorScheme="auto">
        <StartupErrorScreen />
      </MantineProvider>,
    );
  },
);
