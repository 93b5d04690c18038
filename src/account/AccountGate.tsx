import { Loader } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { useConvexAuth, useQuery } from "convex/react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Shell } from "../shell/Shell";
import standalonePage from "../ui/StandalonePage.module.css";
import { BusinessContext, type Business } from "./business";
import { loadSelectedStoreId, saveSelectedStoreId } from "./selectedStore";
import { uiText } from "../ui/uiText";

const SignIn = lazy(() => import("./SignIn"));
const JoinStore = lazy(() => import("./JoinStore"));
const NewPassword = lazy(() => import("./NewPassword"));
const CreateStore = lazy(() => import("./CreateStore"));

/** The path of invitation links. */
export const JOIN_PATH = "/join";

/** The path of links to a new password. */
export const NEW_PASSWORD_PATH = "/new-password";

function LoadingScreen() {
  return (
    <main className={standalonePage.page} aria-busy="true">
      <Loader role="status" aria-label={uiText.loading} />
    </main>
  );
}

/**
 * Renders `children` for a signed-in member of a store. Others see what they must do first: sign in, join or
 * create a store.
 */
export function AccountGate({ children }: { children: ReactNode }) {
  const { isLoading, isAuthenticated } = useConvexAuth();
  const path = useLocation({ select: ({ pathname }) => pathname });
  if (isLoading) return <LoadingScreen />;
  return (
    <Suspense fallback={<LoadingScreen />}>
      {path === NEW_PASSWORD_PATH ? (
        <NewPassword />
      ) : isAuthenticated ? (
        <StoreGate isJoining={path === JOIN_PATH}>{children}</StoreGate>
      ) : (
        <SignIn isInvited={path === JOIN_PATH} />
      )}
    </Suspense>
  );
}

/**
 * Renders `children` in the shell of the selected store, for a signed-in user who is a member of at least one. `isJoining`: an
 * invitation link is open.
 */
function StoreGate({ isJoining, children }: { isJoining: boolean; children: ReactNode }) {
  const account = useQuery(api.accounts.businesses.mine, {});
  const [selectedId, setSelectedId] = useState(loadSelectedStoreId);
  if (account === undefined) return <LoadingScreen />;

  const { businesses, email } = account;
  if (isJoining) return <JoinStore email={email} onJoined={setSelectedId} />;
  const selected =
    businesses.find(({ businessAccountId }) => businessAccountId === selectedId) ?? businesses[0];
  if (!selected) return <CreateStore email={email} />;

  const select = ({ businessAccountId }: Business) => {
    saveSelectedStoreId(businessAccountId);
    setSelectedId(businessAccountId);
  };
  return (
    <BusinessContext value={selected}>
      <Shell business={selected} businesses={businesses} email={email} onSelectStore={select}>
        {children}
      </Shell>
    </BusinessContext>
  );
}
