import { Loader } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { useConvexAuth, useQuery } from "convex/react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Shell } from "../shell/Shell";
import standalonePage from "../ui/StandalonePage.module.css";
import { BusinessContext, type Business } from "./business";
import { loadSelectedStoreId, saveSelectedStoreId } from "./selectedStore";

const SignIn = lazy(() => import("./SignIn"));
const JoinStore = lazy(() => import("./JoinStore"));
const CreateStore = lazy(() => import("./CreateStore"));

/** The path of invitation links. */
export const JOIN_PATH = "/join";

function LoadingScreen() {
  return (
    <main className={standalonePage.page} aria-busy="true">
      <Loader aria-label="Loading" />
    </main>
  );
}

/**
 * Renders `children` for a signed-in member of a store. Others see what they must do first: sign in, join or
 * create a store.
 */
export function AccountGate({ children }: { children: ReactNode }) {
  const { isLoading, isAuthenticated } = useConvexAuth();
  if (isLoading) return <LoadingScreen />;
  return (
    <Suspense fallback={<LoadingScreen />}>
      {isAuthenticated ? (
        <StoreGate>{children}</StoreGate>
      ) : (
        <SignIn isInvited={window.location.pathname === JOIN_PATH} />
      )}
    </Suspense>
  );
}

/** Renders `children` in the shell of the selected store, for a signed-in user who is a member of at least one. */
function StoreGate({ children }: { children: ReactNode }) {
  const account = useQuery(api.accounts.businesses.mine, {});
  const isJoining = useLocation({ select: ({ pathname }) => pathname === JOIN_PATH });
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
