// First, so that its reset is a layer below Mantine's.
import "./ui/global.css";
import "@mantine/core/styles.layer.css";
import "./ui/typeface.css";
import { ConvexAuthProvider } from "@convex-dev/auth/react";
import { MantineProvider } from "@mantine/core";
import { RouterProvider } from "@tanstack/react-router";
import { ConvexReactClient } from "convex/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createAppRouter } from "./router";
import { StartFailure } from "./ui/StartFailure";
import { theme } from "./ui/theme";

/** Where Convex is: fixed at build time for a deployment, asked of the server on a machine of one's own. */
async function convexUrl(): Promise<string> {
  const built = import.meta.env.VITE_CONVEX_URL as string | undefined;
  if (built) return built;
  const response = await fetch("/config.json");
  if (!response.ok) throw new Error(`config.json: ${response.status}`);
  return ((await response.json()) as { convexUrl: string }).convexUrl;
}

const element = document.getElementById("root");
if (!element) throw new Error("The page has no #root.");
const root = createRoot(element);

convexUrl().then(
  (url) => {
    // Leaving with work on the way asks first, in convex/react's own words.
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
        <StartFailure />
      </MantineProvider>,
    );
  },
);
