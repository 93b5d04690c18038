import { Loader } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { useConvexAuth, useQuery } from "convex/react";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Shell } from "../shell/Shell";
import entrance from "../ui/Entrance.module.css";
import { BusinessContext, type Business } from "./business";
import { chosenStore, rememberStore } from "./chosenStore";

const SignIn = lazy(() => import("./SignIn"));
const Join = lazy(() => import("./Join"));
const CreateStore = lazy(() => import("./CreateStore"));

/** Where invitations lead. */
export const JOIN_PATH = "/join";

function Waiting() {
  return (
    <main className={entrance.entrance} aria-busy="true">
      <Loader aria-label="Loading" />
    </main>
  );
}

/** Lets signed-in members of a store through; anyone else is shown the one thing to do next. */
export function AccountGate({ children }: { children: ReactNode }) {
  const { isLoading, isAuthenticated } = useConvexAuth();
  if (isLoading) return <Waiting />;
  return (
    <Suspense fallback={<Waiting />}>
      {isAuthenticated ? (
        <Member>{children}</Member>
      ) : (
        <SignIn isInvited={window.location.pathname === JOIN_PATH} />
      )}
    </Suspense>
  );
}

function Member({ children }: { children: ReactNode }) {
  const account = useQuery(api.accounts.businesses.mine, {});
  const isJoining = useLocation({ select: ({ pathname }) => pathname === JOIN_PATH });
  const [chosenId, setChosenId] = useState(chosenStore);
  if (account === undefined) return <Waiting />;

  const { businesses, email } = account;
  if (isJoining) return <Join email={email} onJoined={setChosenId} />;
  const chosen = businesses.find(({ businessAccountId }) => businessAccountId === chosenId) ?? businesses[0];
  if (!chosen) return <CreateStore email={email} />;

  const choose = ({ businessAccountId }: Business) => {
    rememberStore(businessAccountId);
    setChosenId(businessAccountId);
  };
  return (
    <BusinessContext value={chosen}>
      <Shell business={chosen} businesses={businesses} email={email} onChoose={choose}>
        {children}
      </Shell>
    </BusinessContext>
  );
}
